// @vitest-environment happy-dom
import { createInstance, createStaticProjectConfigManager } from '@optimizely/optimizely-sdk';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { blocksOf } from '../e2e/document-blocks.ts';
import { createDatafile } from '../e2e/doubles/datafile.ts';
import { type BeforeSend, type Bridge, createBridge } from '../src/entries/index.ts';

// Compares the objects in docs/install.md with the real ones.

type Handed = { name: string; properties: Record<string, unknown> };

let bridge: Bridge | undefined;
let handed: Handed[];

beforeEach(() => {
  vi.useFakeTimers();
  handed = [];
  vi.stubGlobal('FS', (operation: string, given: Handed) => {
    if (operation === 'trackEvent') handed.push(given);
    return operation === 'getSession' ? 'https://app.fullstory.com/ui/DOUBLE/session/1:2' : undefined;
  });
});
afterEach(() => {
  bridge?.disconnect();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Ada is decided for twice, by a bridge with these settings. */
async function decideTwice(beforeSend?: BeforeSend): Promise<Bridge> {
  bridge = createBridge(beforeSend ? { beforeSend } : {});
  const projectConfigManager = createStaticProjectConfigManager({ datafile: createDatafile() });
  const user = bridge.connect(createInstance({ projectConfigManager })).createUserContext('ada');
  user.decide('checkout_redesign');
  user.decide('checkout_redesign');
  await vi.advanceTimersByTimeAsync(0);
  return bridge;
}

/** The names of an object's members and the types of their values, those of lists by their first item. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length ? [shapeOf(value[0])] : [];
  if (!value || typeof value !== 'object') return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
}

it('the documents show the result of status()', async () => {
  const [block = ''] = await blocksOf('docs/install.md', 'What `status()` prints');
  const shown = new Function(`return ${block}`)();
  const status = { ...(await decideTwice()).status() };
  status.session ??= 'no session has a URL here';
  expect(shapeOf(status)).toMatchObject(shapeOf(shown) as object);
  expect(shown.decisions).toEqual(status.decisions);
  expect(Object.keys(shown.recent[0])).toEqual(Object.keys(status.recent[0] ?? {}));
});

it('the documents show the arguments of beforeSend', async () => {
  const [, block = ''] = await blocksOf('docs/install.md', 'Change events, or leave them out');
  const shown = new Function(`${block}; return [event, decision]`)();
  const seen: unknown[] = [];
  await decideTwice((event, decision) => {
    seen.push(structuredClone([event, decision]));
    return event;
  });
  expect(seen).toHaveLength(1);
  expect(shapeOf(seen[0])).toEqual(shapeOf(shown));
  expect(shown[0].name).toBe((seen[0] as Handed[])[0]?.name);
});

it('the documented beforeSend adds a property, and leaves a flag out', async () => {
  const [html = ''] = await blocksOf('docs/install.md', 'Change events, or leave them out');
  const page: { optimizelyFullStory?: { beforeSend: BeforeSend } } = {};
  new Function('window', html.replace(/<\/?script>/g, ''))(page);
  const beforeSend = page.optimizelyFullStory?.beforeSend;
  const running = await decideTwice(beforeSend);
  running.record({ flag_key: 'internal_test', variation_key: 'on', enabled: true });
  await vi.advanceTimersByTimeAsync(0);
  expect(handed.map(({ properties }) => [properties.flag_key, properties.environment])).toEqual([
    ['checkout_redesign', 'production'],
  ]);
  expect(running.status().decisions).toMatchObject({ seen: 3, sent: 1, duplicate: 1, ignored: 1 });
});
