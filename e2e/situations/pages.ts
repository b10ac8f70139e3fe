import type { PageDescription, ScriptName, Visit } from './scenario.ts';

/** Pages for the start of many scenarios, and actions on them. Code for a page is a self-contained function. */

export const FS_JS = '/fullstory/fs.js';

const USUAL: readonly ScriptName[] = ['forwarder', 'fullstory', 'optimizely'];

/** A page whose scripts come in the usual order. */
export const pageOf = (code: PageDescription['code']): PageDescription => ({ order: USUAL, code });

/** The page as guides write it: decide once the SDK is ready. */
const decideWhenReady = () => {
  const client = testPage.forward(testPage.create());
  void client.onReady().then(() => testPage.decideAll('ada'));
};

export const PLAIN = pageOf(decideWhenReady);
export const WITHOUT_FULLSTORY: PageDescription = {
  order: ['forwarder', 'optimizely'],
  code: decideWhenReady,
};
export const EMPTY = pageOf(() => undefined);

/** Decides something that the page before did not. */
export const OTHER = pageOf(() => {
  const client = testPage.forward(testPage.create());
  void client.onReady().then(() => testPage.decide('grace', 'checkout_redesign'));
});

/** Decides 105 flags at once. */
export const MANY = pageOf(() => {
  const client = testPage.forward(testPage.create({ moreFlags: 100 }));
  void client.onReady().then(() => testPage.decideAll('ada'));
});

export const identifyAda = () => testPage.fullstory('setIdentity', { uid: 'ada' });
export const signInGrace = () => testPage.fullstory('setIdentity', { uid: 'grace' });
export const decideForGrace = () => testPage.decide('grace', 'checkout_redesign');
export const expireSession = () => window.fullstoryDouble?.expireSession();

/** Opens the plain page and lets it decide. */
export async function openPlain({ open, pass }: Visit): Promise<void> {
  await open(PLAIN);
  await pass(1000);
}

/** Opens the plain page, and Ada signs in. */
export async function openForAda(visit: Visit): Promise<void> {
  await openPlain(visit);
  await visit.evaluate(identifyAda);
  await visit.pass(1000);
}

/** One more decision, and time for it to arrive. */
export async function decideLater({ evaluate, pass }: Visit): Promise<void> {
  await evaluate(decideForGrace);
  await pass(5000);
}

/** fs.js arrives now. */
export async function arrive({ loaded, pass }: Visit, release: () => void | Promise<void>): Promise<void> {
  await release();
  await loaded();
  await pass(1000);
}
