import { type Account, account } from '../../e2e/accounting/account.ts';
import { readSession, type SessionState } from '../../e2e/accounting/session-state.ts';
import type { Arrivals } from '../arrivals.ts';
import type { Forwarder } from '../request.ts';
import type { Shop } from '../shop.ts';

export type DestinationName = 'FullStory' | 'Amplitude';

/** The current decisions of one of the two shops, and their state at one destination. */
export interface Side {
  destination: DestinationName;
  forwarder: Forwarder;
  arrivals: Arrivals;
  account: Account;
  /** The decisions that the running session has. */
  known: SessionState;
}

export const NAMES: Record<Forwarder, string> = { bridge: 'Bridge', recipe: 'Recipe' };

function lookAt(destination: DestinationName, forwarder: Forwarder, arrivals: Arrivals): Side {
  const { entries, isOncePerSession } = arrivals;
  const calls = arrivals.calls();
  return {
    destination,
    forwarder,
    arrivals,
    account: account({
      entries,
      calls,
      waiting: arrivals.waiting(),
      dropped: arrivals.dropped(),
      isOncePerSession,
      isBridge: forwarder === 'bridge',
    }),
    known: readSession(entries, calls, arrivals.session()),
  };
}

/** Each shop's sides: for FullStory, and for Amplitude if it is on the page. */
export function look(shop: Shop): Side[] {
  const { forwarder, amplitude } = shop;
  const sides = [lookAt('FullStory', forwarder, shop)];
  return amplitude ? [...sides, lookAt('Amplitude', forwarder, amplitude)] : sides;
}
