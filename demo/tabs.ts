import type { Entry } from '../e2e/accounting/ledger.ts';
import type { ReceivedCall } from '../e2e/doubles/fullstory.ts';

/** What happened in one tab of a session since it last informed the others. */
export interface News {
  entries: readonly Entry[];
  calls: readonly ReceivedCall[];
  /** How many of its latest decisions wait. */
  waiting: number;
}

/**
 * Joins the tabs of one session, each of which sees only its own part of it.
 *
 * @param name what they have in common.
 * @param hear gets what happened in another tab.
 * @returns tells the others.
 */
export function joinTabs(name: string, hear: (news: News) => void): (news: News) => void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => hear(data as News);
  return (news) => channel.postMessage(news);
}
