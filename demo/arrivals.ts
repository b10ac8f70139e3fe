import type { Entry } from '../e2e/accounting/ledger.ts';
import type { ReceivedCall } from '../e2e/doubles/fullstory.ts';
import type { DestinationState } from '../src/status.ts';

/** What a shop decided, as one destination is to have it, and what that destination got. */
export interface Arrivals {
  /** The decisions with that destination's sessions. */
  readonly entries: readonly Entry[];
  readonly isOncePerSession: boolean;
  calls(): readonly ReceivedCall[];
  session(): string | null;
  state(): DestinationState;
  /** How many of the latest decisions are still to come; or which ones, by their keys. */
  waiting(): number | readonly string[];
  /** How many decisions the bridge had to drop. */
  dropped(): number;
}
