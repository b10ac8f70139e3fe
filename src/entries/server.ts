import { version } from '../version.ts';
import type { Bridge } from './create-bridge.ts';

/** The bridge without a page. It does nothing, so an app's code can also run on a server. */
export function createServerBridge(): Bridge {
  return {
    version,
    connect: (client) => client,
    record() {},
    status: () => ({
      version,
      clients: 0,
      sdk: { state: 'missing' },
      destinations: [],
      problems: [],
      fullstory: 'absent',
      namespace: null,
      session: null,
      decisions: { seen: 0, sent: 0, duplicate: 0, ignored: 0, waiting: 0, dropped: 0, recovered: 0 },
      recent: [],
    }),
    disconnect() {},
  };
}
