/**
 * The usual glue between Optimizely and FullStory, as guides show it: listen once the SDK is ready, and make two calls
 * for each flag decision. Here it finds its notification type in SDK 4, 5 and 6, and in React's.
 */
window.recipe = (client) => {
  const fullstory = window[window._fs_namespace || 'FS'];
  const sdk = window.optimizelySdk || optimizelyReactSdk;
  const { NOTIFICATION_TYPES } = sdk.NOTIFICATION_TYPES ? sdk : sdk.enums;

  function forwardDecision({ type, decisionInfo }) {
    if (type !== 'flag') return;
    const { flagKey, variationKey, ruleKey, enabled } = decisionInfo;
    fullstory('setProperties', {
      type: 'user',
      properties: { [`[Optimizely] ${flagKey}`]: enabled ? variationKey : 'off' },
    });
    fullstory('trackEvent', {
      name: 'Experiment Viewed',
      properties: { flag_key: flagKey, variation_key: variationKey, rule_key: ruleKey, enabled },
    });
  }

  client.onReady().then(() => {
    client.notificationCenter.addNotificationListener(NOTIFICATION_TYPES.DECISION, forwardDecision);
  });
};
