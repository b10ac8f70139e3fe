import { type AmplitudeSetting, SETTINGS } from '../settings.ts';
import { createFinder } from './amplitude/find.ts';
import { insertId } from './amplitude/insert-id.ts';
import { readOptions } from './amplitude/options.ts';
import { type Amplitude, ignoreResult, isStub, type Reading, readSdk } from './amplitude/sdk.ts';
import { BLOCKED_AFTER, LATE } from './delays.ts';
import type { DestinationSetup, Sight } from './destination.ts';

/** Amplitude's own event for exposures (https://amplitude.com/docs/feature-experiment/under-the-hood/event-tracking). */
const EXPOSURE = '$exposure';

/** Changes an event's properties to those of `$exposure`. Without a variant it would remove the user from the experiment. */
function makeExposure(properties: Record<string, unknown>): void {
  properties.variant = properties.enabled ? properties.variation_key || 'on' : 'off';
  properties.experiment_key = properties.rule_key;
  delete properties.enabled;
  delete properties.variation_key;
  delete properties.rule_key;
}

/**
 * Amplitude: SDK 1.0 and newer, the Tag Manager template's, unified, and the legacy SDK 5 to 8. It is looked up at each
 * call.
 *
 * @param setting its name, its instance or module, or settings. Default: the bridge's setting `amplitude`.
 */
export function amplitude(setting?: AmplitudeSetting): DestinationSetup {
  // Scripts without Amplitude have no such setting.
  Object.assign(SETTINGS, { amplitude: [null] });
  return (settings, tell) => {
    const options = readOptions(setting || settings.amplitude, settings, tell);
    const { dedupe } = options;
    const finder = createFinder(options.instance);
    /** Identifies this page, if that matters. */
    const page = dedupe === 'page' && Math.random();
    let stubSince = 0;
    let latest: Reading | undefined;
    let sessions = 0;
    /** An SDK before 2.18 that was asked for its configuration, and the answer. Only that has its opt-out. */
    let asked: Amplitude | undefined;
    let config: { optOut?: unknown } | undefined;

    /** @throws if there is none. */
    function read(): Reading {
      const found = finder.find_() as Amplitude;
      if (isStub(found)) throw Error();
      return readSdk(found);
    }

    function isOptedOut({ sdk_, tracks_ }: Reading): unknown {
      if (!tracks_) return sdk_.options.optOut;
      if (sdk_.getOptOut) return sdk_.getOptOut();
      if (!sdk_.add) return false;
      if (asked !== sdk_) {
        asked = sdk_;
        config = undefined;
        // A plugin that throws would stop every event of the site.
        ignoreResult(
          sdk_.add({
            name: 'optimizely',
            type: 'enrichment',
            setup(given: object) {
              config = given;
            },
            execute: (event: object) => event,
          }),
        );
      }
      return !config || config.optOut;
    }

    /** Whether the running session is not the latest one. */
    function isOther({ session_, device_, user_ }: Reading): boolean {
      return (
        !latest ||
        latest.session_ !== session_ ||
        latest.device_ !== device_ ||
        // Amplitude assigns the events of an anonymous device to the first user who signs in there, so these stay sent.
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
      return {
        state: 'capturing',
        // A plugin would be told of users and sessions only by the newest versions, and the site's events would pass through it.
        isPolled: true,
        user,
        session: sessions,
        link: '' + session_,
      };
    }

    function look(): Sight {
      let sight: Sight = { state: 'absent' };
      try {
        sight = lookAt(finder.find_());
      } catch {
        // The page has something else under that name.
      }
      sight.namespace = finder.name_();
      return sight;
    }

    /** A user id can contain any character, so it comes last. */
    function nameOf({ tracks_, device_, user_ }: Reading): string | undefined {
      return tracks_ && device_ ? device_ + '\n' + user_ : undefined;
    }

    function who(): string | undefined {
      try {
        return nameOf(read());
      } catch {
        // It has not loaded yet.
      }
      return undefined;
    }

    /** Tracks an event with its user and device. Otherwise the SDK would add those of a later moment. */
    function track(
      reading: Reading,
      event: { event_type: string; [field: string]: unknown },
      text: string | undefined,
      id?: string,
    ): void {
      const known = text || nameOf(reading);
      const device = known && known.split('\n')[0];
      ignoreResult(
        (reading.sdk_ as Required<Amplitude>).track(
          Object.assign(
            event,
            // An anonymous user is `undefined`.
            device && { user_id: (known as string).slice(device.length + 1) || undefined, device_id: device },
            id &&
              dedupe !== 'none' && {
                insert_id: insertId([reading.session_, page, known, event.event_type, id]),
              },
          ),
        ),
      );
    }

    return {
      name: 'Amplitude',
      settings: {
        propertyName: options.propertyName,
        eventName: options.exposure ? EXPOSURE : options.eventName,
        // With `session`, the insert id prevents duplicates.
        dedupe: dedupe === 'none' ? dedupe : 'page',
      },
      // https://amplitude.com/docs/apis/analytics/http-v2#upload-limit: 30 events a second of one device, 1,800 property
      // updates an hour. The site's own events share them.
      limits: {
        events: [1800, 30],
        properties: [1800, 30],
        // A property set after an event does not apply to it, so many of these calls are allowed.
        ours: { events: [600, 10], properties: [60, 5] },
        propertyNames: 1000,
      },
      look,
      watch: () => () => {},
      who,
      setProperties(properties, text) {
        const reading = read();
        // Not `identify()`: with a user, it signs that user in.
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
