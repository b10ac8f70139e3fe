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
 * Connects the tabs of one session, because each tab sees only its own part of it.
 *
 * @param name the same in all of them.
 * @param hear gets the happenings of another tab.
 * @returns a function that informs the others.
 */
export function joinTabs(name: string, hear: (news: News) => void): (news: News) => void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => hear(data as News);
  return (news) => channel.postMessage(news);
}
