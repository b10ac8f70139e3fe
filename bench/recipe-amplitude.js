/**
 * The usual glue between Optimizely and Amplitude, as guides show it: listen once the SDK is ready, and identify and log
 * for each flag decision. Here it finds its notification type in SDK 4, 5 and 6, and in React's.
 */
window.recipe = (client) => {
  const optimizely = window.optimizelySdk || optimizelyReactSdk;
  const { NOTIFICATION_TYPES } = optimizely.NOTIFICATION_TYPES ? optimizely : optimizely.enums;

  function forwardDecision({ type, decisionInfo }) {
    if (type !== 'flag') return;
    const { flagKey, variationKey, ruleKey, enabled } = decisionInfo;
    // The legacy SDK has its methods on its instance.
    const sdk = amplitude.getInstance ? amplitude.getInstance() : amplitude;
    const value = enabled ? variationKey : 'off';
    sdk.identify(new amplitude.Identify().set(`[Optimizely] ${flagKey}`, value));
    sdk.logEvent('Experiment Viewed', {
      flag_key: flagKey,
      variation_key: variationKey,
      rule_key: ruleKey,
      enabled,
    });
  }

  client.onReady().then(() => {
    client.notificationCenter.addNotificationListener(NOTIFICATION_TYPES.DECISION, forwardDecision);
  });
};
