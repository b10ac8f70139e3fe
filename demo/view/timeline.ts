import { OUTCOMES, type Outcome, type Verdict } from '../../e2e/accounting/account.ts';
import type { Entry } from '../../e2e/accounting/ledger.ts';
import type { DestinationState } from '../../src/status.ts';
import type { Forwarder } from '../request.ts';
import { nameOf } from '../visitors.ts';
import { create, createTime, find, plural, shortSession, withBreaks } from './dom.ts';
import { showMore } from './scroll.ts';
import { type DestinationName, NAMES, type Side } from './side.ts';

/** The number of rows. The oldest are removed. */
const MOST_ROWS = 100;

const WORDS: Record<Outcome, string> = {
  once: 'accepted',
  waiting: 'waiting',
  rejected: 'rejected',
  otherUser: 'in another user’s session',
  otherSession: 'in another session',
  lost: 'lost',
  dropped: 'dropped',
  superseded: 'decided again',
  repeat: 'repeated',
  doubled: 'sent twice',
  unheard: 'not heard',
};

/** The reason why a decision waits, by the destination's state. */
const WAITING_FOR: Record<DestinationState, (destination: DestinationName) => string> = {
  absent: (destination) => `${destination} is not there`,
  loading: (destination) => `${destination} is loading`,
  blocked: (destination) => `${destination} is blocked`,
  waiting: (destination) => `${destination} captures nothing yet`,
  capturing: () => 'for its turn',
  refused: (destination) => `${destination} declined`,
};

/** Delays that are worth showing. */
const NOTABLE = 1000;

interface Chip {
  /** Named if there are several. */
  destination: DestinationName | '';
  outcome: Outcome | 'again' | 'nothingAgain';
  text: string;
  detail: string;
}

interface Row {
  element: HTMLElement;
  cells: Map<Forwarder, HTMLElement>;
  details?: HTMLDetailsElement;
}

function detailOf({ outcome, call, reason, delay }: Verdict, { arrivals, destination }: Side): string {
  if (outcome === 'waiting') return WAITING_FOR[arrivals.state()](destination);
  if (!call || outcome === 'rejected') return reason;
  // Amplitude's sessions continue when its user changes.
  const parts = destination === 'FullStory' ? [`session ${shortSession(call.session)}`] : [];
  if (call.uid) parts.push(nameOf(call.uid));
  if (delay > NOTABLE) parts.push(`after ${(delay / 1000).toFixed(1)}\u00a0s`);
  return parts.join(', ');
}

/** One chip for each outcome, with the detail of the latest decision. */
function chipsOf(verdicts: readonly Verdict[], side: Side, isNamed: boolean): Chip[] {
  return OUTCOMES.flatMap((outcome) => {
    const these = verdicts.filter((verdict) => verdict.outcome === outcome);
    const last = these[these.length - 1];
    if (!last) return [];
    const count = verdicts.length > 1 ? `${these.length} ` : '';
    return {
      destination: isNamed ? side.destination : '',
      outcome,
      text: count + WORDS[outcome],
      detail: detailOf(last, side),
    };
  });
}

function createChip({ destination, outcome, text, detail }: Chip): HTMLElement {
  const chip = create('span', 'chip', create('b', '', text));
  chip.dataset.outcome = outcome;
  return create(
    'span',
    'verdict',
    ...(destination ? [create('span', 'quiet', destination), ' '] : []),
    chip,
    ...(detail ? [' ', create('span', 'quiet', detail)] : []),
  );
}

function fillCell(cell: HTMLElement, chips: readonly Chip[]): void {
  const signature = JSON.stringify(chips);
  if (cell.dataset.shows === signature) return;
  cell.dataset.shows = signature;
  cell.replaceChildren(...chips.map(createChip));
}

function createRow(entry: Entry): Row {
  const what = create('div', 'what');
  const element = create('li', entry.kind, create('div', 'time', createTime(entry.at)), what);
  const cells = new Map<Forwarder, HTMLElement>();
  const row: Row = { element, cells };
  if (entry.kind === 'happened') what.append(entry.text);
  if (entry.kind === 'started') {
    what.append(
      `FullStory session ${shortSession(entry.session)}: ${entry.uid ? nameOf(entry.uid) : 'anonymous'}`,
    );
  }
  if (entry.kind === 'decided') {
    what.append(create('strong', '', entry.title));
    if (entry.decisions.length > 1) {
      row.details = create('details', '', create('summary', '', 'Flag by flag'));
      what.append(row.details);
    }
  }
  if (entry.kind === 'happened') return row;
  for (const forwarder of ['bridge', 'recipe'] as const) {
    const cell = create('div', 'verdicts');
    const party = create('div', 'party', create('span', 'name', NAMES[forwarder]), cell);
    party.dataset.side = forwarder;
    element.append(party);
    cells.set(forwarder, cell);
  }
  return row;
}

/** The outcomes of a row's decisions, on one side. */
interface Outcomes {
  side: Side;
  verdicts: readonly Verdict[];
}

function createFlagTable(outcomes: readonly Outcomes[], isNamed: boolean): HTMLElement {
  const body = create('tbody');
  outcomes[0]?.verdicts.forEach(({ decision }, index) => {
    const flag = create('th', '', create('code', '', ...withBreaks(decision.flagKey)));
    flag.scope = 'row';
    const cells = outcomes.map(({ side, verdicts }) => {
      const outcome = verdicts[index]?.outcome;
      const cell = create('td');
      cell.dataset.side = side.forwarder;
      if (outcome) {
        const chip = create('span', 'chip', WORDS[outcome]);
        chip.dataset.outcome = outcome;
        cell.append(chip);
      }
      return cell;
    });
    const variation = create('span', 'value', decision.enabled ? (decision.variationKey ?? 'on') : 'off');
    body.append(create('tr', '', flag, create('td', '', variation), ...cells));
  });
  const heads = [
    create('th', '', 'Flag'),
    create('th', '', 'Variation'),
    ...outcomes.map(({ side: { forwarder, destination } }) => {
      const head = create('th', '', isNamed ? `${NAMES[forwarder]}, ${destination}` : NAMES[forwarder]);
      head.dataset.side = forwarder;
      return head;
    }),
  ];
  for (const head of heads) head.scope = 'col';
  return create('table', '', create('thead', '', create('tr', '', ...heads)), body);
}

/** The bridge's record, newest first, with the outcomes of each entry on both sides. */
export function createTimeline() {
  const list = find('#timeline ol');
  const rows = new Map<number, Row>();

  function showVerdicts(row: Row, sides: readonly Side[], nth: number): void {
    const isNamed = sides.some(({ destination }) => destination !== sides[0]?.destination);
    // The same clicks make the same entries. Others, such as sessions, may come a moment earlier or later.
    const outcomes = sides.map((side) => {
      const own = indexOfNth(side.arrivals.entries, ({ kind }) => kind === 'decided', nth);
      return { side, verdicts: side.account.verdicts.get(own) ?? [] };
    });
    for (const [forwarder, cell] of row.cells) {
      const these = outcomes.filter(({ side }) => side.forwarder === forwarder);
      fillCell(
        cell,
        these.flatMap(({ side, verdicts }) => chipsOf(verdicts, side, isNamed)),
      );
    }
    const { details } = row;
    if (!details?.open) return;
    const flags = createFlagTable(outcomes, isNamed);
    const shown = details.querySelector('table');
    // Not replaced while it is the same, because it may be scrolled.
    if (!shown) {
      const scroll = create('section', 'scroll', flags);
      scroll.ariaLabel = 'Flag by flag';
      details.append(scroll);
      showMore(scroll);
    } else if (shown.outerHTML !== flags.outerHTML) shown.replaceChildren(...flags.children);
  }

  /** The number of decisions sent again to a later session. */
  function showAgain(row: Row, session: string, sides: readonly Side[]): void {
    for (const side of sides.filter(({ destination }) => destination === 'FullStory')) {
      const again = side.account.again.get(session) ?? 0;
      const cell = row.cells.get(side.forwarder);
      const text = again ? `sent ${plural(again, 'flag')} again` : 'sent no flags again';
      if (cell)
        fillCell(cell, [{ destination: '', outcome: again ? 'again' : 'nothingAgain', text, detail: '' }]);
    }
  }

  return {
    /** Called when a row is opened, to fill it. */
    onOpen(show: () => void): void {
      list.addEventListener('toggle', show, true);
    },
    show(sides: readonly Side[]): void {
      const [bridge] = sides;
      if (!bridge) return;
      let decided = 0;
      let session = '';
      bridge.arrivals.entries.forEach((entry, number) => {
        let row = rows.get(number);
        if (!row) {
          row = createRow(entry);
          rows.set(number, row);
          list.prepend(row.element);
          if (list.children.length > MOST_ROWS) list.lastElementChild?.remove();
        }
        if (entry.kind === 'decided') showVerdicts(row, sides, decided++);
        if (entry.kind !== 'started') return;
        if (session && session !== entry.session) showAgain(row, entry.session, sides);
        session = entry.session;
      });
    },
  };
}

function indexOfNth(entries: readonly Entry[], isWanted: (entry: Entry) => boolean, nth: number): number {
  let found = -1;
  return entries.findIndex((entry) => isWanted(entry) && ++found === nth);
}
