/** Parts of the pages that tests make. */

export const inlineScript = (code) => `<script>${code}</script>`;

export const FILE = '/dist/optimizely-fullstory.min.js';
export const SCRIPT = `<script src="${FILE}"></script>`;
export const FULLSTORY = '<script src="/fullstory/snippet-2.1.js"></script>';
export const CONFIGURATION = '<script src="/e2e/client-config.js"></script>';
export const NEWEST_SDK = '/optimizely/6.6.1.js';
export const SDK = `<script src="${NEWEST_SDK}"></script>\n${CONFIGURATION}`;
/** Makes a client, and decides one flag for Ada. */
export const DECIDE = '<script src="/e2e/decide.js"></script>';
/** The SDK, and an app that uses it. */
export const APP = `${SDK}\n${DECIDE}`;

export const settingsObject = (settings) =>
  inlineScript(`window.optimizelyFullStory = ${JSON.stringify(settings)};`);

/** A client with a hundred flags more than the shop's, and its user. */
export const SHOP = inlineScript(`window.optimizelyClientInstance =
    optimizelySdk.createInstance(clientConfig({ moreFlags: 100 }));
  const user = optimizelyClientInstance.createUserContext('ada', { plan: 'pro' });`);

/** The first keys of the flags that the shop has more. */
export const flags = (count) =>
  Array.from({ length: count }, (_, index) => `flag_${String(index + 1).padStart(3, '0')}`);

/** An expression that decides for the shop's user. */
export const decide = (keys) => `user.decideForKeys(${JSON.stringify(keys)})`;
