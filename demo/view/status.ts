import type { DecisionCounts, DestinationState, Status } from '../../src/status.ts';
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

const NO_CLIENT = 'The bridge listens to no Optimizely client, so it hears no decision.';

/** The bridge's status. */
export function showStatus(status: Status): void {
  const fullstory = find('#status [data-fullstory]');
  setText(fullstory, status.fullstory);
  setAttribute(fullstory, 'data-fullstory', status.fullstory);
  setText(find('#fullstory-meaning'), status.clients ? MEANINGS[status.fullstory] : NO_CLIENT);
  setText(find('#version'), `version ${status.version}`);
  setText(find('#session'), status.session ?? 'none');
  setText(find('#clients'), String(status.clients));
  setText(find('#sdk'), status.sdk.state + (status.sdk.reason ? `: ${status.sdk.reason}` : ''));
  setText(find('#problems'), status.problems.join(', ') || 'none');
  const amplitude = status.destinations.find(({ name }) => name === 'Amplitude');
  if (amplitude) {
    const { state, decisions } = amplitude;
    const strong = find('#status [data-amplitude-state]');
    setText(strong, state);
    setAttribute(strong, 'data-amplitude-state', state);
    setText(
      find('#amplitude-counts'),
      `${decisions.seen} seen, ${decisions.sent} sent, ${decisions.duplicate} duplicate, ${decisions.waiting} waiting, ${decisions.dropped} dropped.`,
    );
  }
  const { decisions } = status;
  for (const name of COUNTS) setText(find(`[data-count="${name}"]`), String(decisions[name]));
  setText(
    find('#counts'),
    `${plural(decisions.seen, 'decision')} seen, ${decisions.sent} sent, ${decisions.waiting} waiting`,
  );
}
