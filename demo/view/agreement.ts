import { propertyOf, propertyValueOf } from '../../e2e/accounting/user-properties.ts';
import { create, find, plural, setAttribute, setText, withBreaks } from './dom.ts';
import type { Side } from './side.ts';

const MOST_ROWS = 100;

function createRow(flagKey: string): HTMLTableRowElement {
  const flag = create('th', '', create('code', '', ...withBreaks(flagKey)));
  flag.scope = 'row';
  const says = (['bridge', 'recipe'] as const).map((side) => {
    const cell = create('td', '', create('span', 'value match'));
    cell.dataset.side = side;
    return cell;
  });
  const row = create('tr', '', flag, create('td', '', create('span', 'value optimizely')), ...says);
  row.dataset.flag = flagKey;
  return row;
}

/** Both products side by side: what Optimizely decided last, and what the session's user has as a user property. */
export function createAgreement() {
  const panel = find('#agreement');
  const body = find('tbody', panel);
  const rows = new Map<string, HTMLTableRowElement>();

  function showSide({ forwarder, known }: Side, row: HTMLElement, flagKey: string, wanted: string): void {
    const value = known.properties.get(propertyOf(flagKey));
    const cell = find(`[data-side="${forwarder}"] .match`, row);
    setText(cell, String(value ?? 'none'));
    setAttribute(cell, 'data-match', value === wanted ? 'match' : value === undefined ? 'none' : 'differs');
  }

  return (sides: readonly Side[]): void => {
    const [bridge] = sides;
    if (!bridge) return;
    for (const [flagKey, decision] of bridge.known.latest) {
      let row = rows.get(flagKey);
      if (!row && rows.size < MOST_ROWS) {
        row = createRow(flagKey);
        rows.set(flagKey, row);
        body.append(row);
      }
      if (!row) continue;
      const wanted = propertyValueOf(decision);
      setText(find('.optimizely', row), wanted);
      for (const side of sides) showSide(side, row, flagKey, wanted);
    }
    const { known, flags } = bridge.known.asProperty;
    setText(find('#agreement-count'), flags ? `${known} of ${plural(flags, 'flag')} match` : '');
    panel.classList.toggle('filled', flags > 0);
  };
}
