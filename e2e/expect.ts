import { expect as playwrightExpect } from '@playwright/test';

/** Ms between two looks. Playwright's own begin with 100, 250 and 500, and most things are there after 30. */
const INTERVALS = [10, 20, 40, 80, 160];

/** Playwright's `expect`, except that `poll` looks sooner again. */
export const expect = playwrightExpect.configure({});
const { poll } = expect;
expect.poll = (look, options) =>
  poll(look, { intervals: INTERVALS, ...(typeof options === 'string' ? { message: options } : options) });
