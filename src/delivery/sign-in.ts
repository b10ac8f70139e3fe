import type { Delivery, Flag } from './delivery.ts';

// After a sign-in, the earlier user's decisions are held back from the new user, who may soon get decisions of their own.
// A sign-in is represented by its moment in ms since 1970; 0 stands for none.

/** Ms after a sign-in during which the queue waits for the new user's own decisions. */
export const HOLD = 2000;
/** The number of sign-ins remembered. Waiting or recovered decisions may be older than the latest one. */
export const REMEMBERED_SIGN_INS = 20;
/** Ms before a sign-in in which a page may have decided for the new user already. */
export const DECIDED_AHEAD = 500;

/**
 * Whether the new user gets it only if its flag is not decided again. One that no hand-over has reached may have been decided
 * for the new user already, if it was made just before.
 */
export function isToHold({ madeAt_, wasReached_ }: Delivery, signIn: number): boolean {
  return madeAt_ <= signIn - (wasReached_ ? 0 : DECIDED_AHEAD);
}

/**
 * Whether it was decided for the earlier user, and its flag was decided again before the end of the hold. After the hold,
 * the visitor saw both. Of two decisions just before the sign-in that no hand-over has reached, Optimizely's user id shows
 * which was the earlier user's.
 */
export function isSuperseded(delivery: Delivery, signIn: number): boolean {
  const holder = (delivery.flag_ as Flag).deliveries_[0] as Delivery;
  const isOfOtherUser = delivery.decision_.userId !== holder.decision_.userId && delivery.madeAt_ <= signIn;
  return (
    holder !== delivery &&
    (isOfOtherUser || isToHold(delivery, signIn)) &&
    holder.madeAt_ > signIn - DECIDED_AHEAD &&
    holder.madeAt_ <= signIn + HOLD
  );
}
