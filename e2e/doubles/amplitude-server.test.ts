import { expect, test } from 'vitest';
import { createAmplitudeServer } from './amplitude-server.ts';

interface Plugin {
  setup(configuration: object): Promise<void>;
  execute(event: object): Promise<object>;
}

function createStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
  } as Storage;
}

/** The server of one page, and what the SDK of that page sends by. */
async function openPage(storage: Storage, onTaken = () => {}) {
  const server = createAmplitudeServer(storage, 'amplitude', onTaken);
  const plugin = server.plugin as Plugin;
  const configuration = {} as { transportProvider: { send(url: string, payload: object): Promise<object> } };
  await plugin.setup(configuration);
  return { server, plugin, send: configuration.transportProvider.send };
}

test('an upload is answered as accepted, and is there before the answer', async () => {
  let times = 0;
  const { server, send } = await openPage(createStorage(), () => times++);
  const answer = send('https://api2.amplitude.com/2/httpapi', {
    events: [{ event_type: 'A' }, { event_type: 'B' }],
  });
  expect(server.events.map(({ event_type }) => event_type)).toEqual(['A', 'B']);
  expect(times).toBe(1);
  expect(await answer).toMatchObject({ status: 'success', statusCode: 200, body: { eventsIngested: 2 } });
});

test('the next page has what the last one sent', async () => {
  const storage = createStorage();
  const first = await openPage(storage);
  await first.send('', { events: [{ event_type: 'A' }] });
  const second = await openPage(storage);
  await second.send('', { events: [{ event_type: 'B' }] });
  expect(second.server.events.map(({ event_type }) => event_type)).toEqual(['A', 'B']);
});

test('it leaves events as they are', async () => {
  const { plugin } = await openPage(createStorage());
  const event = { event_type: 'A' };
  expect(await plugin.execute(event)).toBe(event);
});
