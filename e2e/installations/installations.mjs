import { importTypeScript } from '../../scripts/import-typescript.mjs';
import { CONFIGURATION, DECIDE, FULLSTORY, inlineScript, SCRIPT, SDK } from '../markup.mjs';
import { shipped } from './site.mjs';
import { containerTag, tagManager } from './tag-manager.mjs';

const { cdnTag } = await importTypeScript('install/tag.ts');

const KEEP = '<script>window.optimizelyClientInstance = client;</script>';
const NONCE = 'cmFuZG9t';

const block = () => shipped('snippet.html');

/** Lines for pages that may run before the script, as in the README. */
const queued = (call) =>
  inlineScript(`window.optimizelyFullStory = window.optimizelyFullStory || {};
    optimizelyFullStory.queue = optimizelyFullStory.queue || [];
    optimizelyFullStory.queue.push(${call});`);

/** FullStory's tag in Tag Manager: its own snippet in a script element. */
async function fullstoryTag({ origin }) {
  const response = await fetch(`${origin}/fullstory/snippet-2.1.js`);
  return `<script>${await response.text()}</script>`;
}

/** The tag from the documentation, with this CDN's address. */
export const cdnScript = ({ cdn, version, hashes }, integrity) =>
  cdnTag({
    version,
    integrity: integrity ?? hashes['optimizely-fullstory.min.js'].integrity,
  }).replace('https://cdn.jsdelivr.net', cdn);

const withNonce = (html) => html.replace(/<script/g, `<script nonce="${NONCE}"`);

/** Decisions from before the script, recovered from the batch of impressions. */
const RECOVERED = { problems: ['client-late'], decisions: { seen: 1, sent: 1, recovered: 1 } };

/** @type {Record<string, (site: object) => import('./site.mjs').Installation | Promise<import('./site.mjs').Installation>>} */
const HEAD = {
  'a file of the site': () => ({ head: [FULLSTORY, SCRIPT, SDK], body: [DECIDE] }),
  'the tag for a CDN': (site) => ({ head: [cdnScript(site), FULLSTORY, SDK], body: [DECIDE] }),
  'the block for the head': async () => ({ head: [await block(), FULLSTORY, SDK], body: [DECIDE] }),
  'the block after all others': async () => ({
    head: [FULLSTORY, SDK],
    body: [DECIDE, KEEP, await block()],
    ...RECOVERED,
  }),
  'an async tag, there before the app': () => ({
    head: [
      FULLSTORY,
      SDK,
      inlineScript(`window.decide = () =>
        document.body.append(Object.assign(document.createElement('script'), { src: '/e2e/decide.js' }));`),
    ],
    body: [SCRIPT.replace(' src', ' async onload="decide()" src')],
  }),
  'an async tag, there after the app': () => ({
    head: [FULLSTORY, SDK],
    body: [DECIDE, queued('(bridge) => bridge.connect(client)'), SCRIPT.replace(' src', ' async src')],
    ...RECOVERED,
  }),
  'a tag with defer': () => ({
    head: [SCRIPT.replace(' src', ' defer src'), FULLSTORY, SDK],
    body: [DECIDE, queued('(bridge) => bridge.connect(client)')],
    ...RECOVERED,
  }),
};

/** @type {typeof HEAD} */
const TAG_MANAGER = {};
for (const [text, read] of Object.entries({
  'gtm.html': () => shipped('gtm.html'),
  'the container': containerTag,
})) {
  for (const isFirst of [true, false]) {
    const order = (ours, theirs) => (isFirst ? [ours, theirs] : [theirs, ours]);
    const before = `${text} ${isFirst ? 'before' : 'after'} FullStory's tag`;
    TAG_MANAGER[`${before}, early`] = async (site) => ({
      head: [tagManager(order(await read(), await fullstoryTag(site))), SDK],
      body: [DECIDE],
    });
    // Late, each order with one of the texts: Optimizely takes a second to send the recovered impressions.
    if (isFirst !== (text === 'gtm.html')) continue;
    TAG_MANAGER[`${before}, late, with the client in a global`] = async (site) => ({
      head: [SDK],
      body: [DECIDE, KEEP, tagManager(order(await read(), await fullstoryTag(site)))],
      ...RECOVERED,
    });
  }
}
TAG_MANAGER['gtm.html late, with decisions passed through the queue'] = async (site) => ({
  head: [SDK],
  body: [
    inlineScript(`const userId = 'ada';
      const decision = optimizelySdk.createInstance(clientConfig())
        .createUserContext(userId, { plan: 'pro' }).decide('checkout_redesign');`),
    queued('(bridge) => bridge.record(decision, userId)'),
    tagManager([await shipped('gtm.html'), await fullstoryTag(site)]),
  ],
});
TAG_MANAGER['gtm.html late, with a decision heard and recorded'] = async (site) => ({
  head: [SDK],
  body: [
    inlineScript(`const userId = 'ada';
      window.optimizelyClientInstance = optimizelySdk.createInstance(clientConfig());
      const decision = optimizelyClientInstance.createUserContext(userId, { plan: 'pro' }).decide('checkout_redesign');`),
    queued('(bridge) => bridge.record(decision, userId)'),
    tagManager([await shipped('gtm.html'), await fullstoryTag(site)]),
  ],
  problems: ['client-late'],
  decisions: { seen: 2, sent: 1, duplicate: 1, recovered: 1 },
});

/** @type {typeof HEAD} */
const AMD = {
  'the block beside an AMD loader': async () => ({
    head: ['<script src="/require.js"></script>', await block(), FULLSTORY, CONFIGURATION],
    body: [
      inlineScript(`require.config({ paths: { optimizely: '/optimizely/6.6.1' } });
        require(['optimizely'], (sdk) => {
          window.optimizelyClientInstance = sdk.createInstance(clientConfig({}, sdk));
          optimizelyClientInstance.createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');
        });`),
    ],
  }),
  'the file loaded by an AMD loader': () => ({
    head: ['<script src="/require.js"></script>', FULLSTORY, CONFIGURATION],
    body: [
      inlineScript(`require.config({ paths: { optimizely: '/optimizely/6.6.1', bridge: '/dist/optimizely-fullstory.min' } });
        require(['optimizely', 'bridge'], (sdk) => {
          const client = optimizelyFullStory.connect(sdk.createInstance(clientConfig({}, sdk)));
          client.createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');
        });`),
    ],
  }),
};

/** Allows nothing but these scripts. */
const policy = (scripts, more = '') => ({
  'content-security-policy': `default-src 'none'; base-uri 'none'; img-src 'self'; script-src ${scripts}; ${more}`,
});

/** @type {typeof HEAD} */
export const POLICIES = {
  'allowed by hash': async ({ hashes }) => ({
    head: [await block(), FULLSTORY, SDK],
    body: [DECIDE],
    headers: policy(`'self' ${hashes['snippet.html'].csp}`),
  }),
  'allowed by nonce': async ({ origin }) => ({
    head: [await block(), FULLSTORY, SDK].map(withNonce),
    body: [withNonce(DECIDE)],
    headers: policy(`'nonce-${NONCE}' ${origin}/fullstory/fs.js`),
  }),
  "by hash, under 'strict-dynamic'": async ({ hashes }) => ({
    head: [await block(), ...[FULLSTORY, SDK].map(withNonce)],
    body: [withNonce(DECIDE)],
    headers: policy(`'strict-dynamic' 'nonce-${NONCE}' ${hashes['snippet.html'].csp}`),
  }),
  "by nonce, under 'strict-dynamic'": async (site) => ({
    head: [cdnScript(site), FULLSTORY, SDK].map(withNonce),
    body: [withNonce(DECIDE)],
    headers: policy(`'strict-dynamic' 'nonce-${NONCE}'`),
  }),
  "by Tag Manager, under 'strict-dynamic'": async (site) => ({
    head: [
      tagManager([await shipped('gtm.html'), await fullstoryTag(site)], ` nonce="${NONCE}"`),
      withNonce(SDK),
    ],
    body: [withNonce(DECIDE)],
    headers: policy(`'strict-dynamic' 'nonce-${NONCE}'`),
  }),
  'allowed by the host of the CDN': (site) => ({
    head: [cdnScript(site), FULLSTORY, SDK],
    body: [DECIDE],
    headers: policy(`'self' ${site.cdn}`),
  }),
  'under Trusted Types': async ({ hashes }) => ({
    head: [await block(), '<script src="/e2e/trusted-types.js"></script>', FULLSTORY, SDK],
    body: [DECIDE],
    headers: policy(
      `'self' ${hashes['snippet.html'].csp}`,
      "require-trusted-types-for 'script'; trusted-types default",
    ),
  }),
};

/** @type {typeof HEAD} */
const ISOLATION = {
  'the tag for a CDN, with COEP require-corp': (site) => ({
    head: [cdnScript(site), FULLSTORY, SDK],
    body: [DECIDE],
    headers: {
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    },
  }),
};

/** @type {typeof HEAD} */
const HOSTILE_PAGES = {
  'a page with a base': async () => ({
    head: [
      '<base href="/dist/">',
      '<script src="optimizely-fullstory.min.js" data-debug="false"></script>',
      FULLSTORY,
      SDK,
    ],
    body: [DECIDE],
  }),
  'a page that freezes Optimizely before': async () => ({
    head: [
      FULLSTORY,
      SDK,
      inlineScript(`Object.freeze(optimizelySdk);
        Object.defineProperty(window, 'optimizelySdk', { writable: false, configurable: false });`),
      await block(),
    ],
    body: [
      inlineScript(`window.optimizelyClientInstance = optimizelySdk.createInstance(clientConfig());
        optimizelyClientInstance.createUserContext('ada', { plan: 'pro' }).decide('checkout_redesign');`),
    ],
    problems: ['global-locked:optimizelySdk'],
  }),
  'a page that freezes Optimizely after': async () => ({
    head: [
      await block(),
      FULLSTORY,
      SDK,
      inlineScript(`Object.freeze(optimizelySdk);
        Object.defineProperty(window, 'optimizelySdk', { value: optimizelySdk, writable: false, configurable: false });`),
    ],
    body: [DECIDE],
  }),
};
for (const library of ['polluted-prototypes', 'overwritten-methods']) {
  const script = `<script src="/e2e/${library}.js"></script>`;
  const name = `a page with ${library.replace('-', ' ')}`;
  HOSTILE_PAGES[`${name} first`] = async () => ({
    head: [script, await block(), FULLSTORY, SDK],
    body: [DECIDE],
  });
  HOSTILE_PAGES[`${name} after the block`] = async () => ({
    head: [await block(), script, FULLSTORY, SDK],
    body: [DECIDE],
  });
}

/**
 * The installations, by group and name. On each, the app decides `checkout_redesign` once for Ada, and FullStory should
 * accept one user property and one event.
 */
export const INSTALLATIONS = {
  head: HEAD,
  'Tag Manager': TAG_MANAGER,
  AMD,
  'content security policy': POLICIES,
  isolation: ISOLATION,
  'hostile pages': HOSTILE_PAGES,
};
