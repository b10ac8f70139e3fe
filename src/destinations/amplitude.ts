import { createTimers } from '../page/timers.ts';
import { type AmplitudeSetting, SETTINGS } from '../settings.ts';
import type { Undo } from '../undo.ts';
import { createFinder } from './amplitude/find.ts';
import { insertId } from './amplitude/insert-id.ts';
import { readOptions } from './amplitude/options.ts';
import { type Amplitude, instanceOf, isStub } from './amplitude/sdk.ts';
import type { DestinationSetup, DestinationState, Sight } from './destination.ts';

/** Ms after which a library that has not come is taken for blocked: its snippet has no other sign of it. */
const BLOCKED_AFTER = 10_000;

/** Ms after which the moment of the hand-over no longer tells the moment of the decision. Legacy SDK only. */
const LATE = 1000;

/** Amplitude's own event for exposures (https://amplitude.com/docs/feature-experiment/under-the-hood/event-tracking). */
const EXPOSURE = '$exposure';

/** What a call names so that the SDK does not stamp it with what holds when it is processed. */
interface Identity {
  user_id: unknown;
  device_id: unknown;
}

function nothing(): void {}

/** An event's properties as `$exposure` has them: without a variant it would take the user out of the experiment. */
function exposureOf(properties: Record<string, unknown>): Record<string, unknown> {
  const { enabled, variation_key, rule_key } = properties;
  const exposure: Record<string, unknown> = Object.assign({}, properties, {
    variant: enabled ? variation_key || 'on' : 'off',
  });
  if (rule_key) exposure.experiment_key = rule_key;
  ['enabled', 'variation_key', 'rule_key'].forEach((name) => {
    delete exposure[name];
  });
  return exposure;
}

/** The state of a library that has loaded. */
interface Live {
  amplitude_: Amplitude;
  /** The start of the session in ms; missing before `init`. */
  session_?: number;
  user_: unknown;
  device_: unknown;
}

/**
 * Amplitude, wherever it is at the moment: SDK 1.0 and newer, the Tag Manager template's, unified, and the legacy SDK 5
 * to 8.
 *
 * @param setting its name, itself, or settings; without it, the bridge's setting `amplitude`.
 */
export function amplitude(setting?: AmplitudeSetting): DestinationSetup {
  // Scripts without Amplitude have no such setting.
  Object.assign(SETTINGS, { amplitude: [null] });
  return (settings, tell) => {
    const options = readOptions(setting || settings.amplitude, settings, tell);
    const finder = createFinder(options.instance);
    /** Tells this page from others. */
    const page = '' + Math.random();
    let stubSince = 0;
    let latest: Live | undefined;
    let sessions = 0;
    /** SDKs before 2.18 show their opt-out to plugins alone: the one that was asked, and its configuration. */
    let asked: Amplitude | undefined;
    let config: { optOut?: unknown } | undefined;

    function readLive(found: Amplitude): Live {
      const amplitude_ = instanceOf(found);
      const { options: legacy } = amplitude_;
      const isLegacy = !amplitude_.track && legacy;
      let session: unknown;
      try {
        session = amplitude_.getSessionId();
      } catch {
        // SDK 1.0 before `init`.
      }
      const live: Live = {
        amplitude_,
        user_: isLegacy ? legacy.userId : amplitude_.getUserId && amplitude_.getUserId(),
        device_: isLegacy ? legacy.deviceId : amplitude_.getDeviceId && amplitude_.getDeviceId(),
      };
      if (typeof session === 'number') live.session_ = session;
      return live;
    }

    /** The library, where it has loaded. */
    function live(): Live | undefined {
      try {
        const found = finder.find_();
        return found && !isStub(found) ? readLive(found) : undefined;
      } catch {
        // Something of the page's own.
        return undefined;
      }
    }

    function isOptedOut({ amplitude_ }: Live): unknown {
      if (!amplitude_.track) return amplitude_.options && amplitude_.options.optOut;
      if (amplitude_.getOptOut) return amplitude_.getOptOut();
      if (asked !== amplitude_ && amplitude_.add) {
        asked = amplitude_;
        config = undefined;
        // One that throws would stop every event of the site.
        amplitude_.add({
          name: 'optimizely',
          type: 'enrichment',
          setup(given: object) {
            config = given;
            return Promise.resolve();
          },
          execute: (event: object) => Promise.resolve(event),
        });
      }
      return asked === amplitude_ && (!config || config.optOut);
    }

    function notice(now: Live): void {
      if (
        !latest ||
        latest.session_ !== now.session_ ||
        latest.device_ !== now.device_ ||
        // Events of an anonymous device join the first user who signs in there: only properties are told again.
        (latest.user_ && latest.user_ !== now.user_)
      ) {
        sessions++;
      }
      latest = now;
    }

    function look(): Sight {
      const sight = (state: DestinationState): Sight => {
        const namespace = finder.name_();
        return namespace ? { state, namespace } : { state };
      };
      try {
        const found = finder.find_();
        if (!found) return sight('absent');
        if (isStub(found)) {
          stubSince = stubSince || Date.now();
          return sight(Date.now() - stubSince > BLOCKED_AFTER ? 'blocked' : 'loading');
        }
        const now = readLive(found);
        const user = '' + (now.user_ || '');
        if (now.session_ === undefined || isOptedOut(now)) return Object.assign(sight('waiting'), { user });
        notice(now);
        return Object.assign(sight('capturing'), { user, session: '' + sessions, link: '' + now.session_ });
      } catch {
        // Something of the page's own.
        return sight('absent');
      }
    }

    function who(): string | undefined {
      const now = live();
      return now && now.amplitude_.track && now.device_
        ? JSON.stringify([now.user_, now.device_])
        : undefined;
    }

    function identityOf(text: string | undefined): Identity {
      const [user, device] = JSON.parse(text || who() || '[]') as [unknown, unknown];
      // Nobody is `undefined`; null is a user to some versions.
      return { user_id: user || undefined, device_id: device || undefined };
    }

    function track(now: Live, event: object): void {
      const result = (now.amplitude_ as Required<Amplitude>).track(event) as { promise?: Promise<unknown> };
      // A promise of a wrapper's that is rejected must not be an unhandled one on the page.
      if (result && result.promise && result.promise.then) result.promise.then(nothing, nothing);
    }

    return {
      name: 'Amplitude',
      settings: {
        propertyName: options.propertyName,
        eventName: options.exposure ? EXPOSURE : options.eventName,
        // `session` is what the insert id does.
        dedupe: options.dedupe === 'none' ? 'none' : 'page',
      },
      // https://amplitude.com/docs/apis/analytics/http-v2#upload-limit: 30 events a second of one device, 1,800 property
      // updates an hour. The site's own events share them.
      limits: {
        events: [1800, 30],
        properties: [30, 10],
        ours: { events: [600, 10], properties: [10, 2] },
        propertiesPerCall: 1000,
        propertyNames: 1000,
        keptFor: 86_400_000,
      },
      look,
      watch(onChange) {
        const timers = createTimers();
        let before = '';
        let cancel: Undo;
        // Nothing tells of users and sessions in all versions; newer ones do by plugins, which the site's events go through.
        const poll = () => {
          const { state, session, user } = look();
          const now = [state, session, user].join('\n');
          if (before && before !== now) onChange();
          before = now;
          cancel = timers.later(poll, timers.lookWait());
        };
        poll();
        return () => cancel();
      },
      who,
      setProperties(properties, text) {
        const now = live() as Live;
        if (now.amplitude_.track) {
          // Not `identify()`: given a user, it signs that one in.
          const event = { event_type: '$identify', user_properties: { $set: properties } };
          track(now, Object.assign(event, identityOf(text)));
        } else now.amplitude_.setUserProperties(properties);
      },
      trackEvent(event, moment) {
        const now = live() as Live;
        const { name } = event;
        const { at, id } = moment;
        const properties = name === EXPOSURE ? exposureOf(event.properties) : event.properties;
        if (now.amplitude_.track) {
          const identity = identityOf(moment.who);
          const { user_id, device_id } = identity;
          const { dedupe } = options;
          track(
            now,
            Object.assign(
              { event_type: name, event_properties: properties, time: at },
              identity,
              dedupe !== 'none' && {
                insert_id: insertId([now.session_, user_id, device_id, dedupe === 'page' && page, id]),
              },
            ),
          );
        } else {
          if (Date.now() - at > LATE) properties.decided_at = new Date(at).toISOString();
          now.amplitude_.logEvent(name, properties);
        }
      },
      flush() {
        const now = live();
        if (now && now.amplitude_.flush) now.amplitude_.flush();
      },
    };
  };
}
