import assert from 'node:assert/strict';
import { eventually } from './eventually.mjs';

/** A page that is left and gone back to by itself. */
const goesBack =
  (sdk) =>
  async ({ tab }) => {
    await tab.openPage('left-and-back', { sdk });
    const result = await eventually(async () => {
      const value = JSON.parse(await tab.evaluate("localStorage.getItem('result')"));
      assert.ok(value);
      return value;
    });
    assert.equal(result.isKept, true, 'the browser kept the page');
    const { seen, sent, duplicate } = result.decisions;
    assert.deepEqual({ seen, sent, duplicate }, { seen: 2, sent: 2, duplicate: 0 });
    await tab.receives(['checkout_redesign', 'pricing_page']);
  };

/** SDK 5 and 6.0 drop all listeners as a page is left. */
export const GOING_BACK = Object.fromEntries(
  ['4.10.1', '5.4.1', '6.0.0', '6.6.1'].map((sdk) => [
    `heard again, and once, with SDK ${sdk}`,
    goesBack(sdk),
  ]),
);
