import type { DecisionCounts } from '../src/status.ts';
import { element } from './element.ts';
import type { Summary } from './summary.ts';

/** The meaning of each count, in the order in which they add up. */
const COUNTS: readonly (readonly [name: keyof DecisionCounts, meaning: string])[] = [
  ['seen', 'made on this page so far'],
  ['sent', 'passed to the destination'],
  ['duplicate', 'the session already had them'],
  ['ignored', 'left out by the settings, or not decisions'],
  ['waiting', 'not sent yet'],
  ['dropped', 'given up before they were sent'],
  ['recovered', 'part of seen: made before the script, or its stub, listened'],
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

/** The counts of decisions, with a column for each of several destinations. */
export function drawCounts(destinations: Summary['destinations']): HTMLElement {
  const [first, ...others] = destinations;
  return first && !others.length ? drawTiles(first.counts) : drawTable(destinations);
}
