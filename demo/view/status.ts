import type { DestinationState } from '../../src/destinations/destination.ts';
import type { DecisionCounts, Status } from '../../src/status.ts';
import { find, plural, setAttribute, setText } from './dom.ts';

const COUNTS: readonly (keyof DecisionCounts)[] = [
  'seen',
  'sent',
  'duplicate',
  'ignored',
  'waiting',
  'dropped',
];

const MEANINGS: Record<DestinationState, string> = {
  absent: 'FullStory’s snippet is not on the page. Decisions are kept.',
  loading: 'FullStory’s script is loading. Decisions are kept meanwhile.',
  blocked: 'FullStory’s script did not load. Decisions are kept.',
  waiting: 'FullStory is there, but captures nothing yet. Decisions are kept meanwhile.',
  capturing: 'A session runs, and decisions are sent to it.',
  refused: 'FullStory declined to capture this page. Decisions are kept.',
};

/** What the bridge says of itself. */
export function showStatus(status: Status): void {
  const state = find('#status [data-fullstory]');
  setText(state, status.fullstory);
  setAttribute(state, 'data-fullstory', status.fullstory);
  setText(find('#fullstory-meaning'), MEANINGS[status.fullstory]);
  setText(find('#version'), `version ${status.version}`);
  setText(find('#session'), status.session ?? 'none');
  setText(find('#clients'), String(status.clients));
  setText(find('#sdk'), status.sdk.state + (status.sdk.reason ? `: ${status.sdk.reason}` : ''));
  setText(find('#problems'), status.problems.join(', ') || 'none');
  const { decisions } = status;
  for (const name of COUNTS) setText(find(`[data-count="${name}"]`), String(decisions[name]));
  setText(
    find('#counts'),
    `${plural(decisions.seen, 'decision')} seen, ${decisions.sent} sent, ${decisions.waiting} waiting`,
  );
}
