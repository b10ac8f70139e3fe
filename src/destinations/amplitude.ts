import { createTimers } from '../page/timers.ts';
import { type AmplitudeSetting, SETTINGS } from '../settings.ts';
import type { Undo } from '../undo.ts';
import { createFinder } from './amplitude/find.ts';
import { insertId } from './amplitude/insert-id.ts';
import { readOptions } from './amplitude/options.ts';
import { type Amplitude, ignoreResult, isStub, type Reading, readSdk } from './amplitude/sdk.ts';
import type { DestinationSetup, Sight } from './destination.ts';

/** Ms after which a library that has not come is taken for blocked: its snippet has no other sign of it. */
const BLOCKED_AFTER = 10_000;

/** Ms after which the moment of the hand-over no longer tells the moment of the decision. Legacy SDK only. */
const LATE = 1000;

/** Amplitude's own event for exposures (https://amplitude.com/docs/feature-experiment/under-the-hood/event-tracking). */
const EXPOSURE = '$exposure';

/** An event's properties as `$exposure` has them: without a variant it would take the user out of the experiment. */
function makeExposure(properties: Record<string, unknown>): void {
  properties.variant = properties.enabled ? properties.variation_key || 'on' : 'off';
  properties.experiment_key = properties.rule_key;
  ['enabled', 'variation_key', 'rule_key'].forEach((name) => {
    delete properties[name];
  });
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
    const { dedupe } = options;
    const finder = createFinder(options.instance);
    /** Tells this page from others, where that matters. */
    const page = dedupe === 'page' && Math.random();
    let stubSince = 0;
    let latest: Reading | undefined;
    let sessions = 0;
    /** The SDK before 2.18 that was asked for its configuration, the one thing that tells its opt-out, and that. */
    let asked: Amplitude | undefined;
    let config: { optOut?: unknown } | undefined;

    /** @throws where there is none. */
    function read(): Reading {
      const found = finder.find_() as Amplitude;
      if (isStub(found)) throw found;
      return readSdk(found);
    }

    function isOptedOut({ sdk_, tracks_ }: Reading): unknown {
      if (!tracks_) return sdk_.options.optOut;
      if (sdk_.getOptOut) return sdk_.getOptOut();
      if (!sdk_.add) return false;
      if (asked !== sdk_) {
        asked = sdk_;
        config = undefined;
        // One that throws would stop every event of the site.
        ignoreResult(
          sdk_.add({
            name: 'optimizely',
            type: 'enrichment',
            setup(given: object) {
              config = given;
              return Promise.resolve();
            },
            execute: (event: object) => Promise.resolve(event),
          }),
        );
      }
      return !config || config.optOut;
    }

    /** Whether another session than the latest runs. */
    function isOther({ session_, device_, user_ }: Reading): boolean {
      return (
        !latest ||
        latest.session_ !== session_ ||
        latest.device_ !== device_ ||
        // Events of an anonymous device join the first user who signs in there: only properties are told again.
        (!!latest.user_ && latest.user_ !== user_)
      );
    }

    function lookAt(found: Amplitude | undefined): Sight {
      if (!found) return { state: 'absent' };
      if (isStub(found)) {
        stubSince = stubSince || Date.now();
        return { state: Date.now() - stubSince > BLOCKED_AFTER ? 'blocked' : 'loading' };
      }
      const reading = readSdk(found);
      const { session_, user_: user } = reading;
      if (typeof session_ !== 'number' || isOptedOut(reading)) return { state: 'waiting', user };
      if (isOther(reading)) sessions++;
      latest = reading;
      return { state: 'capturing', user, session: '' + sessions, link: '' + session_ };
    }

    function look(): Sight {
      let sight: Sight = { state: 'absent' };
      try {
        sight = lookAt(finder.find_());
      } catch {
        // Something of the page's own.
      }
      sight.namespace = finder.name_();
      return sight;
    }

    function who(): string | undefined {
      try {
        const { tracks_, device_, user_ } = read();
        // A user id can hold any character, so it comes last.
        return tracks_ && device_ ? device_ + '\n' + user_ : undefined;
      } catch {
        // It is not there yet.
        return undefined;
      }
    }

    /** Tracks what names its user and device, so that the SDK does not stamp it with those of later. */
    function track(
      { sdk_, session_ }: Reading,
      event: { event_type: string; [field: string]: unknown },
      text: string | undefined,
      id?: string,
    ): void {
      const known = text || who();
      const device = known && known.split('\n')[0];
      ignoreResult(
        (sdk_ as Required<Amplitude>).track(
          Object.assign(
            event,
            // Nobody is `undefined`.
            device && { user_id: (known as string).slice(device.length + 1) || undefined, device_id: device },
            id && dedupe !== 'none' && { insert_id: insertId([session_, known, event.event_type, page, id]) },
          ),
        ),
      );
    }

    return {
      name: 'Amplitude',
      settings: {
        propertyName: options.propertyName,
        eventName: options.exposure ? EXPOSURE : options.eventName,
        // `session` is what the insert id does.
        dedupe: dedupe === 'none' ? dedupe : 'page',
      },
      // https://amplitude.com/docs/apis/analytics/http-v2#upload-limit: 30 events a second of one device, 1,800 property
      // updates an hour. The site's own events share them.
      limits: {
        events: [1800, 30],
        properties: [1800, 30],
        // A property set later than the event does not apply to it: there are to be enough of these calls.
        ours: { events: [600, 10], properties: [60, 5] },
        propertiesPerCall: 1000,
        propertyNames: 1000,
        keptFor: 86_400_000,
      },
      look,
      watch(onChange) {
        const timers = createTimers();
        let before = '';
        let cancel: Undo;
        // Not by a plugin: only the newest versions tell one of users and sessions, and the site's events go through it.
        const poll = () => {
          const { state, session, user } = look();
          const now = [state, session, user].join('\n');
          if (now !== before) onChange();
          before = now;
          cancel = timers.later_(poll, timers.lookWait_());
        };
        poll();
        return () => cancel();
      },
      who,
      setProperties(properties, text) {
        const reading = read();
        // Not `identify()`: given a user, it signs that one in.
        const event = { event_type: '$identify', user_properties: { $set: properties } };
        if (reading.tracks_) track(reading, event, text);
        else ignoreResult(reading.sdk_.setUserProperties(properties));
      },
      trackEvent(event, moment) {
        const { name, properties } = event;
        const { at } = moment;
        const reading = read();
        if (name === EXPOSURE) makeExposure(properties);
        if (reading.tracks_) {
          track(reading, { event_type: name, event_properties: properties, time: at }, moment.who, moment.id);
        } else {
          if (Date.now() - at > LATE) properties.decided_at = new Date(at).toISOString();
          ignoreResult(reading.sdk_.logEvent(name, properties));
        }
      },
      flush() {
        try {
          ignoreResult((read().sdk_ as Required<Amplitude>).flush());
        } catch {
          // SDK 1.0 throws before `init`, and the legacy one has no such call.
        }
      },
    };
  };
}
