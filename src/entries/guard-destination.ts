import type { Destination, DestinationSetup, Sight } from '../destinations/destination.ts';
import { problemOf } from '../status.ts';
import type { Undo } from '../undo.ts';

/** A destination, or what makes one for a bridge. */
export type DestinationSource = Destination | DestinationSetup;

/**
 * Guards against faults of the site's own destination. A `look()` that throws or returns nothing counts as absent, a
 * `watch()` that throws never reports a change, and an `isPropertyName()` that throws accepts the name. If an async call
 * rejects, `status().problems` says so.
 */
export function guardDestination(source: DestinationSource): DestinationSetup {
  if (typeof source === 'function') return source;
  return (_settings, tell): Destination => {
    const { name } = source;

    function attempt<Value>(run: () => Value, otherwise: Value): Value {
      try {
        return run() || otherwise;
      } catch {
        tell(problemOf(name, 'throws'));
        return otherwise;
      }
    }

    /** The failure of an async function comes too late to try again. */
    function watchResult(result: unknown): void {
      (result as Promise<unknown> | undefined)?.then?.(undefined, () => tell(problemOf(name, 'throws')));
    }

    return {
      name,
      ...(source.limits && { limits: source.limits }),
      ...(source.settings && { settings: source.settings }),
      look: () => attempt<Sight>(() => source.look(), { state: 'absent' }),
      watch(onChange) {
        const stop = attempt<Undo>(
          () => source.watch(onChange),
          () => undefined,
        );
        return () => attempt(stop, undefined);
      },
      ...(source.who && { who: () => attempt(() => source.who?.(), undefined) }),
      setProperties: (properties, who) => watchResult(source.setProperties(properties, who)),
      trackEvent: (event, moment) => watchResult(source.trackEvent(event, moment)),
      flush: () => attempt(() => source.flush?.(), undefined),
      isPropertyName: (property) => !attempt(() => source.isPropertyName?.(property) === false, false),
    };
  };
}
