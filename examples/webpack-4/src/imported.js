import { init } from '@fullstory/browser';
import { createInstance } from '@optimizely/optimizely-sdk';
import { createBridge } from 'optimizely-fullstory';

init({ orgId: 'YOUR_ORG_ID' });
const client = createBridge().connect(createInstance({ sdkKey: 'YOUR_SDK_KEY' }));
client.onReady().then(() => {
  const { variationKey } = client.createUserContext('ada').decide('checkout_redesign');
  document.querySelector('#variation').textContent = variationKey;
});
