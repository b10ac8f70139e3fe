import type { Exports, FullStoryEvent } from './exports.ts';

type Properties = Record<string, unknown>;

/** More than there are devices. */
const OTHER_USER = 1_000_000;

/**
 * The exports of a site that sends no `user_id` and identifies users only in FullStory, on some devices only after the event.
 *
 * @param isPerUser as in the Ready to Analyze views, in which FullStory's own id is another one for another user.
 */
export function identify(exports: Exports, isPerUser: boolean): Exports {
  const usersOf = new Map<number, string[]>();
  const events = exports.fullstory.map((event) => ({
    event,
    properties: JSON.parse(event.event_properties) as Properties,
  }));
  for (const { event, properties } of events) {
    const users = usersOf.get(event.device_id) ?? [];
    if (typeof properties.user_id === 'string' && !users.includes(properties.user_id))
      users.push(properties.user_id);
    usersOf.set(event.device_id, users);
  }
  const fullstory = events.flatMap(({ event, properties: { user_id, ...properties } }) => {
    const users = usersOf.get(event.device_id) ?? [];
    const index = users.indexOf(user_id as string);
    const device_id = event.device_id + (isPerUser ? Math.max(index, 0) * OTHER_USER : 0);
    const anonymous = { ...event, device_id, event_properties: JSON.stringify(properties) };
    if (index < 0) return [anonymous];
    const isLate = users.length === 1 && event.device_id % 2;
    const decidedAt = Date.parse(`${properties.decided_at ?? event.event_time}`);
    const identity: FullStoryEvent = {
      ...anonymous,
      event_id: `${event.event_id} identify`,
      event_time: new Date(decidedAt + (isLate ? 600_000 : -1)).toISOString().replace('Z', '000Z'),
      event_type: 'identify',
      event_properties: JSON.stringify({ user_id }),
      updated_time: null,
    };
    return [anonymous, identity];
  });
  return { ...exports, fullstory };
}
