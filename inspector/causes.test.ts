import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { headingIds } from '../scripts/heading-id.mjs';
import type { ProblemCode } from '../src/status.ts';
import { PROBLEMS } from './explanations.ts';
import { NONE, PAGE, statusOf } from './page.fixture.ts';
import { addressOf, type Section } from './sections.ts';
import { summarize } from './summary.ts';
import type { Surroundings } from './surroundings.ts';

const CLIENT_MISSING = statusOf({ clients: 0, problems: ['client-missing'], decisions: NONE });

function adviceOn(page: Partial<Surroundings>) {
  return summarize({ ...PAGE, global: 'bridge', status: CLIENT_MISSING, ...page }).advice;
}

describe('the cause of a missing client', () => {
  it.each([
    [
      'nothing is known',
      {},
      'The script has found no Optimizely client and heard no decision.',
      'client-missing',
    ],
    ['the app bundles its SDK', { hasFetchedDatafile: true }, 'The app bundles the SDK', 'client-missing'],
    [
      'a client is older than the script',
      { sdks: ['optimizelySdk'], hasFetchedDatafile: true },
      'The SDK is there as `optimizelySdk` and has fetched its datafile: a client was created before this script ran',
      'client-missing',
    ],
    [
      'an SDK has made no client since',
      { sdks: ['optimizelySdk', 'optimizelyReactSdk'] },
      'The SDK is there as `optimizelySdk` and `optimizelyReactSdk`, but it has created no client since',
      'client-missing',
    ],
    [
      'Partytown has the SDK',
      { isSdkInWorker: true, hasFetchedDatafile: true },
      'Partytown runs Optimizely’s SDK in a web worker',
      'the-script-is-in-a-web-worker',
    ],
    [
      'Comlink’s SDK and client are in a worker',
      { remotes: ['optimizelySdk', 'optimizelyClient'] },
      'A web worker has what the page calls `optimizelySdk` and `optimizelyClient`',
      'the-script-is-in-a-web-worker',
    ],
    [
      '`client` names another',
      { clients: ['optimizelyClient'], sdks: ['optimizelySdk'] },
      'The page has a client as `optimizelyClient`, but the script does not listen to it: the setting `client` names another',
      'client-missing',
    ],
    [
      'Web Experimentation is another product',
      { hasWebExperimentation: true },
      'Only Feature Experimentation makes flag decisions',
      'client-missing',
    ],
  ] as const)('%s', (_, page, what, heading) => {
    const [advice, ...others] = adviceOn(page as Partial<Surroundings>);
    expect(advice).toMatchObject({ title: 'client-missing', mood: 'bad' });
    expect(advice?.what).toContain(what);
    expect(advice?.todo).not.toBe('');
    expect(advice?.section).toBe(`docs/troubleshooting.md#${heading}`);
    expect(others).toEqual([]);
  });
});

it('another problem keeps its own explanation, whatever the page has', () => {
  const page = { hasWebExperimentation: true, status: statusOf({ problems: ['settings-late'] }) };
  expect(adviceOn(page)[0]?.what).toBe(PROBLEMS['settings-late'].what);
});

it('only legacy calls: the verdict says so, and not that everything is ready', () => {
  const status = statusOf({ problems: ['legacy-calls'], decisions: NONE });
  const { verdict, advice } = summarize({ ...PAGE, global: 'bridge', status });
  expect(verdict).toEqual({
    mood: 'bad',
    text: 'The site calls only older methods, which make no flag decision',
  });
  expect(advice[0]?.section).toBe('docs/troubleshooting.md#legacy-calls');
});

describe('settings after the script', () => {
  it.each([
    ['as the script reports', ['settings-late'], false],
    ['in a constant, of which the script hears nothing', [], true],
    ['both', ['settings-late'], true],
  ] as const)('%s', (_, problems, hasLateConstant) => {
    const status = statusOf({ problems: [...problems] });
    const { advice, verdict } = summarize({ ...PAGE, global: 'bridge', status, hasLateConstant });
    expect(advice.map(({ title, section }) => [title, section])).toEqual([
      ['settings-late', 'docs/troubleshooting.md#settings-late'],
    ]);
    expect(verdict.text).toBe('It works, with something to look at');
  });
});

it('settings in a global of another spelling are reported', () => {
  const status = statusOf({ problems: [] });
  const misspeltGlobals = ['optimizelyFullstory'];
  const { advice } = summarize({ ...PAGE, global: 'bridge', status, misspeltGlobals });
  expect(advice.map(({ title, section }) => [title, section])).toEqual([
    ['setting-unknown:optimizelyFullstory', 'docs/troubleshooting.md#setting-unknown'],
  ]);
});

it('settings on a module’s tag are reported', () => {
  const status = statusOf({ problems: [] });
  const unreadAttributes = ['data-flags', 'data-dedupe'];
  const { advice, verdict } = summarize({ ...PAGE, global: 'bridge', status, unreadAttributes });
  expect(advice).toMatchObject([
    {
      title: 'type="module"',
      what: 'The script’s tag is a module, so nobody reads `data-flags` and `data-dedupe`.',
      section: 'docs/install.md#settings',
    },
  ]);
  expect(verdict.text).toBe('It works, with something to look at');
});

it('refused before the script came: the verdict names it, and the section', () => {
  const status = statusOf({
    fullstory: 'refused',
    problems: ['fullstory-refused'],
    session: null,
    decisions: { ...NONE, seen: 5, waiting: 5 },
  });
  const { verdict, advice } = summarize({ ...PAGE, global: 'bridge', status });
  expect(verdict).toEqual({ mood: 'bad', text: '5 decisions wait: FullStory declined' });
  expect(advice[0]).toMatchObject({ section: 'docs/troubleshooting.md#fullstory-refused' });
});

describe('a problem of the site’s own destination', () => {
  it.each([
    ['absent', 'is not on this page'],
    ['blocked', 'does not load'],
    ['refused', 'takes nothing from this visitor'],
    ['throws', 'threw an error'],
  ])('dataLayer-%s names the destination', (problem, what) => {
    const status = statusOf({
      others: [{ name: 'dataLayer' }],
      problems: [`datalayer-${problem}` as ProblemCode],
    });
    const [advice] = summarize({ ...PAGE, global: 'bridge', status }).advice;
    expect(advice?.what).toContain(`dataLayer ${what}`);
  });
});

describe('sections', () => {
  const anchors = (path: string) => headingIds(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));
  const sources = ['destination-states', 'diagnosis', 'missing-client'].map((name) =>
    readFileSync(new URL(`${name}.ts`, import.meta.url), 'utf8'),
  );
  const written = [...sources.join('').matchAll(/'(docs\/[^']+)'/g)].map(([, section]) => section as Section);
  const explained = Object.keys(PROBLEMS).map((code) => {
    const status = statusOf({ problems: [code as ProblemCode] });
    return summarize({ ...PAGE, global: 'bridge', status }).advice[0]?.section;
  });

  it('exist for every problem and finding', () => {
    expect(written.length).toBeGreaterThan(8);
    for (const section of [...written, ...explained]) {
      const [path, heading] = `${section}`.split('#') as [string, string];
      expect(existsSync(new URL(`../${path}`, import.meta.url)), section).toBe(true);
      expect(anchors(path), section).toContain(heading);
    }
  });

  it('have an address when the documents are published', () => {
    const publication = { isOnNpm: false, repository: null, homepage: null, bugs: null };
    expect(addressOf('docs/amplitude.md#states', publication)).toBe(null);
    const repository = 'https://github.com/example/bridge';
    expect(addressOf('docs/amplitude.md#states', { ...publication, repository })).toMatch(
      /^https:\/\/github\.com\/example\/bridge\/blob\/v\d+\.\d+\.\d+\/docs\/amplitude\.md#states$/,
    );
  });
});

describe('a page without a bridge, with Amplitude', () => {
  const amplitude = { namespace: 'amplitude', state: 'capturing' } as const;
  const labels = (page: Partial<Surroundings>) =>
    summarize({ ...PAGE, ...page }).lines.map(({ label, mood }) => [label, mood]);

  it('describes the destinations on the page, or those of the script', () => {
    expect(labels({}).slice(2)).toEqual([['FullStory', 'bad']]);
    expect(labels({ amplitude }).slice(2)).toEqual([['Amplitude', 'good']]);
    expect(labels({ names: ['optimizelyAmplitude'] }).slice(2)).toEqual([['Amplitude', 'bad']]);
    expect(
      labels({ amplitude, fullstory: { namespace: 'FS', state: 'capturing', scripts: 1 } }).slice(2),
    ).toEqual([
      ['FullStory', 'good'],
      ['Amplitude', 'good'],
    ]);
  });

  it.each([
    ['loading', 'waiting', 'its library has not loaded yet'],
    ['waiting', 'waiting', 'has not called `init`'],
    ['capturing', 'good', 'takes events'],
  ] as const)('%s: says so', (state, mood, text) => {
    const line = summarize({ ...PAGE, amplitude: { namespace: 'amplitude', state } }).lines[2];
    expect(line).toMatchObject({ label: 'Amplitude', mood });
    expect(line?.text).toContain(text);
  });

  it('names the script’s global', () => {
    const { lines } = summarize({ ...PAGE, names: ['optimizelyAmplitude'], global: 'foreign' });
    expect(lines[0]?.text).toContain('`optimizelyAmplitude`');
  });
});

it('the scripts for FullStory and for Amplitude are not one script twice', () => {
  const script = { isHeldBack: false, isInWorker: false, httpStatus: undefined };
  const scripts = ['optimizelyFullStory', 'optimizelyAmplitude'].map((name) => ({ ...script, name }));
  const titles = (page: Partial<Surroundings>) =>
    summarize({ ...PAGE, global: 'bridge', status: statusOf(), ...page }).advice.map(({ title }) => title);
  expect(titles({ scripts })).toEqual([]);
  for (const status of [statusOf(), undefined]) {
    expect(titles({ scripts: [...scripts, ...scripts], status })).toEqual([
      'Several scripts',
      'Several scripts',
    ]);
  }
});

it('several SDKs are named, and one FullStory script is not several', () => {
  const fullstory = { ...PAGE.fullstory, scripts: 1 };
  const sdks = ['optimizelySdk', 'optimizelyReactSdk'];
  const { advice } = summarize({ ...PAGE, global: 'bridge', status: statusOf(), fullstory, sdks });
  expect(advice.map(({ title, what }) => [title, what.split('.')[0]])).toEqual([
    ['Several from Optimizely', 'The page has `optimizelySdk` and `optimizelyReactSdk`'],
  ]);
});
