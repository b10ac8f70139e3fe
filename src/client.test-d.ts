import type { Client as Client66 } from '@optimizely/optimizely-sdk';
import type { ReactSDKClient } from '@optimizely/react-sdk';
import type { Client as Client4 } from 'optimizely-sdk-4';
import type { Client as Client5 } from 'optimizely-sdk-5';
import type { Client as Client60 } from 'optimizely-sdk-6.0';
import { createBridge, type OptimizelyClient, type Settings } from './entries/index.ts';

/** Compiles only when a client of each real SDK is one that the bridge takes. */
declare const clients: [Client4, Client5, Client60, Client66, ReactSDKClient];
clients satisfies OptimizelyClient[];

const bridge = createBridge();
bridge.connect(clients[0]) satisfies Client4;
bridge.connect(clients[3]) satisfies Client66;
bridge.connect(clients[4]) satisfies ReactSDKClient;
bridge.connect(null) satisfies null;

// @ts-expect-error: no notification centre
bridge.connect({});
// @ts-expect-error: a promise is no client
bridge.connect(Promise.resolve(clients[0]));

({ flags: ['a'], include: ['user_id'], beforeSend: (event) => event, dedupe: 'none' }) satisfies Settings;
({
  flags: 'a,b*',
  include: 'user_id,dispatched',
  beforeSend: 'app.edit',
  client: 'app.client',
}) satisfies Settings;
// @ts-expect-error: unknown setting
({ colour: 'red' }) satisfies Settings;
// @ts-expect-error: wrong value
({ dedupe: 'often' }) satisfies Settings;
// @ts-expect-error: unknown property
({ include: ['email'] }) satisfies Settings;
// @ts-expect-error: a text is no number
({ bufferSize: '10' }) satisfies Settings;
// @ts-expect-error: an event or false
({ beforeSend: () => undefined }) satisfies Settings;
// @ts-expect-error: the module looks for nothing by name
createBridge({ client: 'myClient' });
