import assert from 'node:assert/strict';
import { eventually } from './eventually.mjs';

/** Runs in the page. FullStory's double keeps the calls of all pages, and stores them as a page is left. */
function readCalls() {
  if (window.fullstoryDouble) return window.fullstoryDouble.calls;
  return JSON.parse(localStorage.getItem('fullstory-double') ?? '{"calls":[]}').calls;
}

/** The one tab of the browser. Pages of the site are opened in it. */
export function createTab({ command }, site) {
  /** Runs code in the page, and returns the value of the expression. */
  async function evaluate(expression) {
    // As a text: members that a page adds to all objects would break the driver.
    const text = await command('execute/sync', {
      script: `return JSON.stringify(${expression});`,
      args: [],
    });
    return JSON.parse(text ?? 'null');
  }

  const open = (url) => command('url', { url });
  const status = () => evaluate('window.optimizelyFullStory?.status?.()');
  const calls = () => evaluate(`(${readCalls})()`);
  const events = async () => (await calls()).filter(({ kind }) => kind === 'event');

  return {
    evaluate,
    open,
    status,
    /** All data calls that FullStory received from the pages of a case. */
    calls,
    events,
    /** @param name a file of `e2e/pages`. */
    openPage: (name, parameters = {}) =>
      open(`${site.origin}/e2e/${name}.html?${new URLSearchParams(parameters)}`),
    /** Opens the page of an installation. See `site.make`. */
    visit: async (installation) => open(await site.make(installation)),
    addScript: (source) =>
      evaluate(`void document.head.append(
        Object.assign(document.createElement('script'), { src: ${JSON.stringify(source)} }))`),
    /** Waits until the page's script captures. */
    capturing: () => eventually(async () => assert.equal((await status())?.fullstory, 'capturing')),
    /** Waits until the counts of decisions are these. */
    counts: (expected) =>
      eventually(async () => {
        const decisions = (await status())?.decisions;
        assert.deepEqual({ ...decisions, ...expected }, decisions);
      }),
    /** Waits until the flags of all events that FullStory received are these, in order. */
    receives: (flags) =>
      eventually(async () =>
        assert.deepEqual(
          (await events()).map(({ properties }) => properties.flag_key),
          flags,
        ),
      ),
    /** Forgets what earlier pages stored. */
    async clear() {
      await open(`${site.origin}/e2e/nothing.html`);
      await evaluate('void (localStorage.clear(), sessionStorage.clear())');
    },
  };
}
