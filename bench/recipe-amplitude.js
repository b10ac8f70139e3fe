/**
 * The usual glue between Optimizely and Amplitude, as guides show it: listen once the SDK is ready, and identify and log
 * for each flag decision.
 */
window.recipe = (client) => {
  const { NOTIFICATION_TYPES } = window.optimizelySdk;

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
