/** @jest-environment jsdom */
const { createBridge } = require('optimizely-fullstory');

test('a decision that the app records reaches FullStory', async () => {
  const calls = [];
  window.FS = (name, options) => {
    if (name !== 'observe') calls.push([name, options]);
  };
  window.FS.getCurrentSessionURL = () => 'https://app.fullstory.com/ui/ORG/session/1:2';
  const bridge = createBridge();
  bridge.record({ flagKey: 'checkout_redesign', variationKey: 'treatment', ruleKey: null, enabled: true });
  await Promise.resolve();
  expect(calls.map(([name, options]) => [name, options.name])).toEqual([
    ['setProperties', undefined],
    ['trackEvent', 'Experiment Viewed'],
  ]);
  bridge.disconnect();
});
