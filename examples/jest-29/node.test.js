const { createBridge } = require('optimizely-fullstory');

test('on a server it does nothing, and hands the client back', () => {
  const client = {};
  const bridge = createBridge();
  expect(bridge.connect(client)).toBe(client);
  expect(bridge.status().clients).toBe(0);
});
