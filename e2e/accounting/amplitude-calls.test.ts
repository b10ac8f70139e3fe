import { expect, it } from 'vitest';
import { readAmplitude } from './amplitude-calls.ts';

const EVENT = { event_type: 'Experiment Viewed', user_id: 'bob', device_id: 'd', session_id: 1, time: 1000 };
const started = (at: number) => ({ kind: 'started', at, page: 1, session: 'bob:1', uid: 'bob' }) as const;

it('an event older than its session arrives in that session, with its own time', () => {
  const [call] = readAmplitude([{ ...EVENT, insert_id: 'a' }], [started(5000), started(9000)]);
  expect(call).toMatchObject({ at: 5000, properties: { decided_at: '1970-01-01T00:00:01.000Z' } });
});

it('an event of the running session arrives with its time', () => {
  const [call] = readAmplitude([{ ...EVENT, insert_id: 'a' }], [started(500)]);
  expect(call).toMatchObject({ at: 1000, session: 'bob:1' });
  expect(call?.properties).toEqual({});
});

it('leaves out events that the server drops: the same id from one device', () => {
  const events = [
    { ...EVENT, insert_id: 'a' },
    { ...EVENT, insert_id: 'a' },
    { ...EVENT, device_id: 'e', insert_id: 'a' },
  ];
  expect(readAmplitude(events)).toHaveLength(2);
});
