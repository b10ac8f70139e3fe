import type { Delivery, Flag } from './delivery.ts';

/** Ms after a sign-in for which the queue waits for the new user's own decisions. */
const HOLD = 2000;
/** Ms before a sign-in in which a page may have decided for the new user already. */
const DECIDED_AHEAD = 500;

/** Keeps the decisions of the user before from the one who signs in, as long as that one may get decisions anew. */
export interface SignIn {
  /** Another user has signed in. */
  happens_(): void;
  /** Ms until what was decided for the user before may be told to the new one. */
  holdsFor_(): number;
  /** Whether it was decided for the user before, as far as anybody can tell. */
  isOfUserBefore_(delivery: Delivery): boolean;
  /** Whether it was, and its flag has been decided anew by the end of the hold: later, the visitor saw both. */
  isSuperseded_(delivery: Delivery): boolean;
}

export function createSignIn(): SignIn {
  let at = 0;
  const isBefore = ({ decision_ }: Delivery) => decision_.at < at - DECIDED_AHEAD;
  return {
    happens_() {
      at = Date.now();
    },
    // Not longer than that, also when the clock is set back.
    holdsFor_: () => (at && Date.now() >= at ? Math.max(0, at + HOLD - Date.now()) : 0),
    isOfUserBefore_: isBefore,
    isSuperseded_(delivery) {
      const holder = (delivery.flag_ as Flag).deliveries_[0] as Delivery;
      return isBefore(delivery) && !isBefore(holder) && holder.decision_.at <= at + HOLD;
    },
  };
}
