import { type AmplitudeEvent, accepted } from './amplitude-calls.ts';

/** How a site's own events begin, as the pages of Amplitude's fidelity run track them. */
export const OWN = 'Site';

/** Numbers ids by their first appearance: those of two runs are never the same. */
function numbering(): (id: unknown) => number {
  const ids: unknown[] = [];
  return (id) => {
    if (!ids.includes(id)) ids.push(id);
    return ids.indexOf(id);
  };
}

/** A site's own events as the server takes them: each with its name, its user, and which session and device it is in. */
export function ownEvents(events: readonly AmplitudeEvent[]): string[] {
  const session = numbering();
  const device = numbering();
  return accepted(events)
    .filter(({ event_type }) => event_type.startsWith(OWN))
    .map(({ event_type, user_id, session_id, device_id }) =>
      [event_type, user_id ?? '', session(session_id), device(device_id)].join(' · '),
    );
}

/**
 * Compares a site's own events in two runs of the same page.
 *
 * @returns how many of them are alike, and how many there are in the run that has more: a missing and an additional event
 * both show.
 */
export function compareOwnEvents(some: readonly string[], others: readonly string[]) {
  const left = [...others];
  const alike = some.filter((event) => {
    const index = left.indexOf(event);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
  return { alike: alike.length, all: Math.max(some.length, others.length) };
}
