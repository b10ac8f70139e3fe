import type { Delivery, Flag } from './delivery.ts';

// What was decided for the user before is kept from the one who signs in, as long as that one may get decisions anew.
// A sign-in is known by its moment, in ms since 1970; 0 stands for none.

/** Ms after a sign-in for which the queue waits for the new user's own decisions. */
export const HOLD = 2000;
/** How many sign-ins are remembered: what waits, or is recovered, may be older than the latest. */
export const REMEMBERED_SIGN_INS = 20;
/** Ms before a sign-in in which a page may have decided for the new user already. */
const DECIDED_AHEAD = 500;

/** Whether it was decided for the user before, as far as anybody can tell. */
export function isOfUserBefore({ madeAt_ }: Delivery, signIn: number): boolean {
  return madeAt_ < signIn - DECIDED_AHEAD;
}

/**
 * Whether it was, and its flag has been decided anew by the end of the hold: later, the visitor saw both. Of two decisions
 * made just before the sign-in, Optimizely's user tells which one was for the user before.
 */
export function isSuperseded(delivery: Delivery, signIn: number): boolean {
  const holder = (delivery.flag_ as Flag).deliveries_[0] as Delivery;
  const isOfOtherUser = delivery.decision_.userId !== holder.decision_.userId && delivery.madeAt_ <= signIn;
  return (
    (isOfOtherUser || isOfUserBefore(delivery, signIn)) &&
    !isOfUserBefore(holder, signIn) &&
    holder.madeAt_ <= signIn + HOLD
  );
}
