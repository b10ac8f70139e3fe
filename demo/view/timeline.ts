import { OUTCOMES, type Outcome, type Verdict } from '../../e2e/accounting/account.ts';
import type { Entry } from '../../e2e/accounting/ledger.ts';
import type { DestinationState } from '../../src/destinations/destination.ts';
import type { Forwarder } from '../request.ts';
import { nameOf } from '../visitors.ts';
import { create, createTime, find, plural, shortSession, withBreaks } from './dom.ts';
import { NAMES, type Side } from './side.ts';

/** Rows that are kept; the oldest go. */
const MOST_ROWS = 100;

const WORDS: Record<Outcome, string> = {
  once: 'accepted',
  waiting: 'waiting',
  rejected: 'rejected',
  otherUser: 'in another user’s session',
  otherSession: 'in another session',
  lost: 'lost',
  dropped: 'dropped',
  superseded: 'decided anew',
  repeat: 'repeated',
  doubled: 'sent again',
  leftOut: 'not heard',
};

const WAITING_FOR: Record<DestinationState, string> = {
  absent: 'FullStory is not there',
  loading: 'FullStory is loading',
  blocked: 'FullStory is blocked',
  waiting: 'FullStory captures nothing yet',
  capturing: 'for its turn',
  refused: 'FullStory declined',
};

/** Delays that are worth showing. */
const NOTABLE = 1000;

interface Chip {
  outcome: Outcome | 'again';
  text: string;
  detail: string;
}

interface Row {
  element: HTMLElement;
  cells: Map<Forwarder, HTMLElement>;
  details?: HTMLDetailsElement;
}

function detailOf({ outcome, call, reason, delay }: Verdict, { shop }: Side): string {
  if (outcome === 'waiting') return WAITING_FOR[shop.fullstoryState()];
  if (!call || outcome === 'rejected') return reason;
  const parts = [`session ${shortSession(call.session)}`];
  if (call.uid) parts.push(nameOf(call.uid));
  if (delay > NOTABLE) parts.push(`after ${(delay / 1000).toFixed(1)} s`);
  return parts.join(', ');
}

/** One chip for each outcome; the detail is that of the latest. */
function chipsOf(verdicts: readonly Verdict[], side: Side): Chip[] {
  return OUTCOMES.flatMap((outcome) => {
    const these = verdicts.filter((verdict) => verdict.outcome === outcome);
    const last = these[these.length - 1];
    if (!last) return [];
    const count = verdicts.length > 1 ? `${these.length} ` : '';
    return { outcome, text: count + WORDS[outcome], detail: detailOf(last, side) };
  });
}

function createChip({ outcome, text, detail }: Chip): HTMLElement {
  const chip = create('span', 'chip', create('b', '', text));
  chip.dataset.outcome = outcome;
  return create('span', 'verdict', chip, ...(detail ? [' ', create('span', 'quiet', detail)] : []));
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

function createFlagTable(verdicts: ReadonlyMap<Forwarder, readonly Verdict[]>): HTMLElement {
  const body = create('tbody');
  const sides = [...verdicts.keys()];
  verdicts.get('bridge')?.forEach(({ decision }, index) => {
    const flag = create('th', '', create('code', '', ...withBreaks(decision.flagKey)));
    flag.scope = 'row';
    const cells = sides.map((side) => {
      const outcome = verdicts.get(side)?.[index]?.outcome;
      const cell = create('td');
      cell.dataset.side = side;
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
  const heads = ['Flag', 'Variation', ...sides.map((side) => NAMES[side])].map((name, index) => {
    const head = create('th', '', name);
    head.scope = 'col';
    if (index > 1) head.dataset.side = sides[index - 2];
    return head;
  });
  const scroll = create(
    'section',
    'scroll',
    create('table', '', create('thead', '', create('tr', '', ...heads)), body),
  );
  scroll.tabIndex = 0;
  scroll.ariaLabel = 'Flag by flag';
  return scroll;
}

/** The bridge's ledger, newest first, and beside each entry what became of it on either side. */
export function createTimeline() {
  const list = find('#timeline ol');
  const rows = new Map<number, Row>();

  function showVerdicts(number: number, row: Row, sides: readonly Side[], nth: number): void {
    const verdicts = new Map<Forwarder, readonly Verdict[]>();
    for (const side of sides) {
      // The same clicks make the same entries; others, as sessions, may come a moment earlier or later.
      const own =
        side.forwarder === 'bridge'
          ? number
          : indexOfNth(side.shop.entries, ({ kind }) => kind === 'decided', nth);
      const these = side.account.verdicts.get(own) ?? [];
      verdicts.set(side.forwarder, these);
      const cell = row.cells.get(side.forwarder);
      if (cell) fillCell(cell, chipsOf(these, side));
    }
    const { details } = row;
    if (!details?.open) return;
    const flags = createFlagTable(verdicts);
    const [, shown] = details.children;
    // Left alone while it says the same: it may be scrolled.
    if (!shown) details.append(flags);
    else if (shown.outerHTML !== flags.outerHTML) shown.replaceWith(flags);
  }

  /** What was sent again to a later session. */
  function showAgain(row: Row, session: string, sides: readonly Side[]): void {
    for (const side of sides) {
      const again = side.account.again.get(session) ?? 0;
      const cell = row.cells.get(side.forwarder);
      const text = again ? `sent ${plural(again, 'flag')} again` : 'sent nothing again';
      if (cell) fillCell(cell, [{ outcome: again ? 'again' : 'leftOut', text, detail: '' }]);
    }
  }

  return {
    /** Called when a row is opened, so that it is filled. */
    onOpen(show: () => void): void {
      list.addEventListener('toggle', show, true);
    },
    show(sides: readonly Side[]): void {
      const [bridge] = sides;
      if (!bridge) return;
      let decided = 0;
      let session = '';
      bridge.shop.entries.forEach((entry, number) => {
        let row = rows.get(number);
        if (!row) {
          row = createRow(entry);
          rows.set(number, row);
          list.prepend(row.element);
          if (list.children.length > MOST_ROWS) list.lastElementChild?.remove();
        }
        if (entry.kind === 'decided') showVerdicts(number, row, sides, decided++);
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
