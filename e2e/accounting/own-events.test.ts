import { expect, it } from 'vitest';
import { compareOwnEvents, ownEvents } from './own-events.ts';

const event = (event_type: string, more: object = {}) => ({
  event_type,
  user_id: 'visitor-ada',
  device_id: 'device-1',
  session_id: 1700,
  insert_id: `${Math.random()}`,
  ...more,
});

it('the site’s own events are those that are not about flags, each counted once', () => {
  const twice = event('Site opened');
  const own = ownEvents([twice, twice, event('Experiment Viewed'), event('$identify'), event('Site bought')]);
  expect(own).toEqual(['Site opened · visitor-ada · 0 · 0', 'Site bought · visitor-ada · 0 · 0']);
});

it('two runs are alike whatever their ids are', () => {
  const one = ownEvents([event('Site opened'), event('Site bought')]);
  const other = ownEvents([
    event('Site opened', { session_id: 2600, device_id: 'device-2' }),
    event('Site bought', { session_id: 2600, device_id: 'device-2' }),
  ]);
  expect(compareOwnEvents(one, other)).toEqual({ alike: 2, all: 2 });
});

it.each([
  ['missing', [event('Site opened')]],
  ['of another user', [event('Site opened'), event('Site bought', { user_id: 'visitor-grace' })]],
  ['in another session', [event('Site opened'), event('Site bought', { session_id: 1800 })]],
  ['of another device', [event('Site opened'), event('Site bought', { device_id: 'device-2' })]],
])('an event %s shows', (_, events) => {
  const without = ownEvents([event('Site opened'), event('Site bought')]);
  expect(compareOwnEvents(ownEvents(events), without)).toEqual({ alike: 1, all: 2 });
  expect(compareOwnEvents(without, ownEvents(events))).toEqual({ alike: 1, all: 2 });
});
