import type { DecisionCounts } from '../src/status.ts';
import { element } from './element.ts';
import type { Summary } from './summary.ts';

/** What each count tells, in the order in which they add up. */
const COUNTS: readonly (readonly [name: keyof DecisionCounts, meaning: string])[] = [
  ['seen', 'made on this page so far'],
  ['sent', 'handed over'],
  ['duplicate', 'the session had them already'],
  ['ignored', 'left out by the settings, or no decisions'],
  ['waiting', 'to be handed over'],
  ['dropped', 'given up: too many were waiting'],
  ['recovered', 'among those seen: made before the script listened'],
];

const textOf = (count: number) => count.toLocaleString('en');

function drawTiles(counts: DecisionCounts): HTMLElement {
  const list = element('dl', { class: 'counts' });
  for (const [name, meaning] of COUNTS) {
    list.appendChild(
      element(
        'div',
        { title: meaning, class: `${name}${counts[name] ? '' : ' none'}` },
        element('dt', {}, name),
        element('dd', {}, textOf(counts[name])),
      ),
    );
  }
  return list;
}

function drawTable(destinations: Summary['destinations']): HTMLElement {
  const heads = destinations.map(({ name }) => element('th', { scope: 'col' }, name));
  const rows = COUNTS.map(([name, meaning]) =>
    element(
      'tr',
      { title: meaning, class: name },
      element('th', { scope: 'row' }, name),
      ...destinations.map(({ counts }) =>
        element('td', counts[name] ? {} : { class: 'none' }, textOf(counts[name])),
      ),
    ),
  );
  return element(
    'table',
    { class: 'counts' },
    element('thead', {}, element('tr', {}, element('td', {}), ...heads)),
    element('tbody', {}, ...rows),
  );
}

/** The counts of decisions: a column for each destination where there are several. */
export function drawCounts(destinations: Summary['destinations']): HTMLElement {
  const [first, ...others] = destinations;
  return first && !others.length ? drawTiles(first.counts) : drawTable(destinations);
}
