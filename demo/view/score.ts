import type { Known } from '../../e2e/accounting/session-state.ts';
import { create, find, setAttribute, setText } from './dom.ts';
import { type DestinationName, NAMES, type Side } from './side.ts';

type Tone = 'good' | 'late' | 'bad' | 'plain';

interface Figure {
  name: string;
  title: string;
  meaning: string;
  /** Whether the figure does not apply to Amplitude, because its server in the page never rejects events. */
  isFullStoryAlone?: boolean;
  read(side: Side): [text: string, tone: Tone];
}

function count(value: number, tone: Tone): [string, Tone] {
  return [String(value), value ? tone : 'plain'];
}

function share({ known, flags }: Known, { arrivals, account: { counts } }: Side): [string, Tone] {
  if (!arrivals.session()) return ['–', 'plain'];
  const missing = flags - known;
  const tone = missing ? (missing > counts.waiting ? 'bad' : 'late') : 'good';
  return [`${known} of ${flags}`, tone];
}

const FIGURES: readonly Figure[] = [
  {
    name: 'decisions',
    title: 'Decided',
    meaning: 'Decisions that the page made.',
    read: ({ account: { counts } }) =>
      count(
        Object.values(counts).reduce((sum, value) => sum + value, 0),
        'plain',
      ),
  },
  {
    name: 'accepted',
    title: 'Accepted',
    meaning: 'Accepted once, in the session of the user that the decision was made for.',
    read: ({ account: { counts } }) => count(counts.once, 'good'),
  },
  {
    name: 'repeat',
    title: 'Repeated',
    meaning: 'Decided again, and not sent again, because the session has it already.',
    read: ({ account: { counts } }) => count(counts.repeat, 'plain'),
  },
  {
    name: 'waiting',
    title: 'Waiting',
    meaning: 'On its way, or kept until a session runs or the limits allow it.',
    read: ({ account: { counts } }) => count(counts.waiting, 'late'),
  },
  {
    name: 'lost',
    title: 'Lost',
    meaning: 'Will never arrive. Decisions made while the bridge was disconnected count too.',
    read: ({ account: { counts } }) => count(counts.lost + counts.dropped + counts.unheard, 'bad'),
  },
  {
    name: 'rejected',
    title: 'Rejected',
    isFullStoryAlone: true,
    meaning: 'Dropped by FullStory, because there were more than its limits allow.',
    read: ({ account: { counts } }) => count(counts.rejected, 'bad'),
  },
  {
    name: 'doubled',
    title: 'Sent twice',
    meaning: 'Sent to one session more than once, so it counts more than once there.',
    read: ({ account: { counts } }) => count(counts.doubled, 'bad'),
  },
  {
    name: 'misplaced',
    title: 'Wrong session',
    meaning: 'Arrived in another user’s session, or in another session of the same user.',
    read: ({ account: { counts } }) => count(counts.otherUser + counts.otherSession, 'bad'),
  },
  {
    name: 'inSession',
    title: 'Session events',
    meaning: 'Flags whose latest decision is an event of the running session.',
    read: (side) => share(side.known.inSession, side),
  },
  {
    name: 'asProperty',
    title: 'User properties',
    meaning: 'Flags whose latest value is a property of the session’s user.',
    read: (side) => share(side.known.asProperty, side),
  },
];

/** A note next to the table: the page's own events share FullStory's limits. */
function showOfThePage(sides: readonly Side[]): void {
  const line = find('#of-the-page');
  for (const { forwarder, known } of sides) {
    const { made, accepted } = known.ofThePage;
    const figure = find(`[data-side="${forwarder}"] [data-figure]`, line);
    setText(figure, `${accepted} of ${made}`);
    setAttribute(figure, 'data-tone', accepted < made ? 'bad' : 'good');
    line.hidden = !made;
  }
}

/** Counts for a destination: bridge and recipe are rows, figures are columns. Their meanings are below. */
export function createScore(destination: DestinationName) {
  const section = find(`.score[data-destination="${destination}"]`);
  const table = find('table', section);
  const figures = FIGURES.filter(({ isFullStoryAlone }) => destination === 'FullStory' || !isFullStoryAlone);
  const head = create('tr');
  const rows = (['bridge', 'recipe'] as const).map((forwarder) => {
    const row = create('tr');
    row.dataset.side = forwarder;
    const name = create('th', '', NAMES[forwarder]);
    name.scope = 'row';
    row.append(name);
    return row;
  });
  head.append(create('td'));
  for (const { name, title } of figures) {
    const cell = create('th', '', title);
    cell.scope = 'col';
    head.append(cell);
    for (const row of rows) {
      const value = create('td');
      value.dataset.figure = name;
      row.append(value);
    }
  }
  // CSS changes their display, and so removes their roles.
  table.role = 'table';
  for (const row of [head, ...rows]) {
    row.role = 'row';
    for (const cell of row.children) {
      const scope = cell.getAttribute('scope');
      cell.role = scope === 'row' ? 'rowheader' : scope ? 'columnheader' : 'cell';
    }
  }
  table.replaceChildren(head, ...rows);
  table.style.setProperty('--figures', String(figures.length));
  find('.meanings', section).replaceChildren(
    ...figures.map(({ title, meaning }) =>
      create('div', '', create('dt', '', title), create('dd', '', meaning)),
    ),
  );

  return (sides: readonly Side[]): void => {
    for (const side of sides) {
      const row = find(`[data-side="${side.forwarder}"]`, table);
      for (const { name, read } of figures) {
        const cell = find(`[data-figure="${name}"]`, row);
        const [text, tone] = read(side);
        setText(cell, text);
        setAttribute(cell, 'data-tone', tone);
      }
    }
    if (destination === 'FullStory') showOfThePage(sides);
  };
}
