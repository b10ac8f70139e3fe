'use client';

import { init } from '@fullstory/browser';
import { useEffect, useState } from 'react';
import { optimizely } from './optimizely';

export function Shop() {
  const [variation, setVariation] = useState('');

  useEffect(() => {
    init({ orgId: 'YOUR_ORG_ID' });
    const client = optimizely();
    void client.onReady().then(() => {
      const user = client.createUserContext('ada');
      // One that `data-flags` leaves out.
      user.decide('search_ranking');
      setVariation(user.decide('checkout_redesign').variationKey);
    });
  }, []);

  return (
    <p>
      Redesign: <b id="variation">{variation}</b>
    </p>
  );
}
