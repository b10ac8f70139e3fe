// An app that decides on the line after it has created its client.
window.client = optimizelySdk.createInstance(clientConfig());
window.decided = window.client
  .createUserContext('ada', { plan: 'pro' })
  .decide('checkout_redesign').variationKey;
