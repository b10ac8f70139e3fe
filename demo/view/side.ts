import { type Account, account } from '../../e2e/accounting/account.ts';
import { readSession, type SessionState } from '../../e2e/accounting/session-state.ts';
import type { Forwarder } from '../request.ts';
import type { Shop } from '../shop.ts';

/** One of the two shops, as it is at the moment. */
export interface Side {
  forwarder: Forwarder;
  shop: Shop;
  account: Account;
  /** What the running session knows. */
  known: SessionState;
}

export const NAMES: Record<Forwarder, string> = { bridge: 'Bridge', recipe: 'Recipe' };

export function look(shop: Shop): Side {
  const { forwarder, entries, isOncePerSession } = shop;
  const calls = shop.calls();
  return {
    forwarder,
    shop,
    account: account({
      entries,
      calls,
      waiting: shop.waiting(),
      dropped: shop.dropped(),
      isOncePerSession,
      isBridge: forwarder === 'bridge',
    }),
    known: readSession(entries, calls, shop.session()),
  };
}
