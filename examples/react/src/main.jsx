import { init } from '@fullstory/browser';
import { OptimizelyProvider, useDecision } from '@optimizely/react-sdk';
import { createRoot } from 'react-dom/client';
import { client } from './optimizely.js';

init({ orgId: 'YOUR_ORG_ID' });

function Checkout() {
  const [decision] = useDecision('checkout_redesign');
  return (
    <p>
      Redesign: <b id="variation">{decision.variationKey}</b>
    </p>
  );
}

createRoot(document.querySelector('#root')).render(
  <OptimizelyProvider optimizely={client} user={{ id: 'ada' }}>
    <h1>Checkout</h1>
    <Checkout />
  </OptimizelyProvider>,
);
