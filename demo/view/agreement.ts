import { propertyOf, propertyValueOf } from '../../e2e/accounting/user-properties.ts';
import { create, find, plural, setAttribute, setText, withBreaks } from './dom.ts';
import type { DestinationName, Side } from './side.ts';

const MOST_ROWS = 100;

/** Bridge and recipe, for each destination that is on the page. */
function createColumns(destinations: readonly DestinationName[]) {
  return destinations.flatMap((destination) =>
    (['bridge', 'recipe'] as const).map((forwarder) => ({ destination, forwarder })),
  );
}

function createRow(flagKey: string, destinations: readonly DestinationName[]): HTMLTableRowElement {
  const flag = create('th', '', create('code', '', ...withBreaks(flagKey)));
  flag.scope = 'row';
  const says = createColumns(destinations).map(({ destination, forwarder }) => {
    const cell = create('td', '', create('span', 'value match'));
    cell.dataset.side = forwarder;
    cell.dataset.destination = destination;
    return cell;
  });
  const row = create('tr', '', flag, create('td', '', create('span', 'value optimizely')), ...says);
  row.dataset.flag = flagKey;
  return row;
}

function createHeads(destinations: readonly DestinationName[]): HTMLElement[] {
  return createColumns(destinations).map(({ destination, forwarder }) => {
    const head = create(
      'th',
      '',
      forwarder === 'bridge'
        ? `${destination}’s user property says`
        : destinations.length > 1
          ? `${destination}’s, with the recipe`
          : 'With the recipe',
    );
    head.scope = 'col';
    head.dataset.side = forwarder;
    return head;
  });
}

/** The products side by side: Optimizely's latest decisions, and the user properties of each session's user. */
export function createAgreement(destinations: readonly DestinationName[]) {
  const panel = find('#agreement');
  const body = find('tbody', panel);
  const rows = new Map<string, HTMLTableRowElement>();
  find('thead tr', panel).append(...createHeads(destinations));

  function showSide(
    { destination, forwarder, known }: Side,
    row: HTMLElement,
    flagKey: string,
    wanted: string,
  ): void {
    const value = known.properties.get(propertyOf(flagKey));
    const cell = find(`[data-side="${forwarder}"][data-destination="${destination}"] .match`, row);
    setText(cell, String(value ?? 'none'));
    setAttribute(cell, 'data-match', value === wanted ? 'match' : value === undefined ? 'none' : 'differs');
  }

  return (sides: readonly Side[]): void => {
    const [bridge] = sides;
    if (!bridge) return;
    for (const [flagKey, decision] of bridge.known.latest) {
      let row = rows.get(flagKey);
      if (!row && rows.size < MOST_ROWS) {
        row = createRow(flagKey, destinations);
        rows.set(flagKey, row);
        body.append(row);
      }
      if (!row) continue;
      const wanted = propertyValueOf(decision);
      setText(find('.optimizely', row), wanted);
      for (const side of sides) showSide(side, row, flagKey, wanted);
    }
    const bridges = sides.filter(({ forwarder }) => forwarder === 'bridge');
    // Of several destinations, the one with the fewest.
    const known = Math.min(...bridges.map((side) => side.known.asProperty.known));
    const { flags } = bridge.known.asProperty;
    setText(find('#agreement-count'), flags ? `${known} of ${plural(flags, 'flag')} match` : '');
    panel.classList.toggle('filled', flags > 0);
  };
}
