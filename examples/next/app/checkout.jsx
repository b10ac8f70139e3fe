'use client';

import { useEffect, useState } from 'react';
import { optimizely } from './optimizely';

export function Checkout() {
  const [variation, setVariation] = useState('');

  useEffect(() => {
    const client = optimizely();
    void client.onReady().then(() => {
      setVariation(client.createUserContext('ada').decide('checkout_redesign').variationKey);
    });
  }, []);

  return (
    <p>
      Redesign: <b id="variation">{variation}</b>
    </p>
  );
}
