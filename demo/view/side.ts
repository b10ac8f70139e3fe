import { type Account, account } from '../../e2e/accounting/fates.ts';
import type { Forwarder } from '../request.ts';
import type { Shop } from '../shop.ts';

/** One of the two shops, as it is at the moment. */
export interface Side {
  forwarder: Forwarder;
  shop: Shop;
  account: Account;
}

export const NAMES: Record<Forwarder, string> = { bridge: 'Bridge', recipe: 'Recipe' };

export function look(shop: Shop): Side {
  return {
    forwarder: shop.forwarder,
    shop,
    account: account({
      entries: shop.entries,
      calls: shop.calls(),
      waiting: shop.waiting(),
      session: shop.session(),
      isOncePerSession: shop.isOncePerSession,
    }),
  };
}
