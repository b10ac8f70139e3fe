import type { Entry } from '../e2e/accounting/ledger.ts';
import type { ReceivedCall } from '../e2e/doubles/fullstory.ts';
import type { DestinationState } from '../src/status.ts';

/** A shop's decisions for one destination, and the calls that the destination received. */
export interface Arrivals {
  /** The decisions with that destination's sessions. */
  readonly entries: readonly Entry[];
  readonly isOncePerSession: boolean;
  calls(): readonly ReceivedCall[];
  session(): string | null;
  state(): DestinationState;
  /** Waiting decisions: the number of the latest ones, or their keys. */
  waiting(): number | readonly string[];
  /** The number of decisions that the bridge dropped. */
  dropped(): number;
}
