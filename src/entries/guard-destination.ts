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
  return (settings, tell): Destination => {
    const destination = typeof source === 'function' ? source(settings, tell) : source;
    const { name } = destination;

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
      ...(destination.limits && { limits: destination.limits }),
      ...(destination.settings && { settings: destination.settings }),
      look: () => attempt<Sight>(() => destination.look(), { state: 'absent' }),
      watch(onChange) {
        const stop = attempt<Undo>(
          () => destination.watch(onChange),
          () => undefined,
        );
        return () => attempt(stop, undefined);
      },
      ...(destination.who && { who: () => attempt(() => destination.who?.(), undefined) }),
      setProperties: (properties, who) => watchResult(destination.setProperties(properties, who)),
      trackEvent: (event, moment) => watchResult(destination.trackEvent(event, moment)),
      flush: () => attempt(() => destination.flush?.(), undefined),
      isPropertyName: (property) => !attempt(() => destination.isPropertyName?.(property) === false, false),
    };
  };
}
