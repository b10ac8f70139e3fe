import { element } from './element.ts';
import type { DecisionLine, OutcomeText } from './summary.ts';

/** @param isOne whether it is the only destination, which needs no name. */
function drawOutcome({ destination, outcome, isSuperseded }: OutcomeText, isOne: boolean): HTMLElement {
  const name = isOne ? [] : [element('span', { class: 'unseen' }, `${destination}: `)];
  const kind = isSuperseded ? 'superseded' : outcome || 'none';
  return element('span', { class: `outcome ${kind}` }, ...name, outcome || '–');
}

/** The texts of the outcomes, or one text if all are the same. */
function detailsOf(outcomes: OutcomeText[]): string[] {
  const texts = new Set(outcomes.map(({ text }) => text));
  if (texts.size < 2) return [...texts];
  return outcomes
    .filter(({ text }) => text)
    .map(({ destination, text }) => (text.startsWith(destination) ? text : `${destination}: ${text}`));
}

function drawDecision({ at, flag, value, rule, outcomes }: DecisionLine): HTMLElement {
  const moment = new Date(at);
  const details = detailsOf(outcomes)
    .concat(rule && `rule ${rule}`)
    .filter(Boolean);
  return element(
    'li',
    {},
    element('span', { class: 'decision' }, element('b', {}, flag), ' = ', element('code', {}, value)),
    ...outcomes.map((outcome) => drawOutcome(outcome, outcomes.length === 1)),
    element(
      'span',
      { class: 'detail' },
      element('time', { datetime: moment.toISOString() }, moment.toTimeString().slice(0, 8)),
      details.map((detail) => ` · ${detail}`).join(''),
    ),
  );
}

/**
 * The latest decisions as a list, the newest first.
 *
 * @param names of the destinations: a column for each.
 */
export function drawTimeline(decisions: DecisionLine[], names: string[]): HTMLElement {
  const list = element('ol', { class: 'timeline' }, ...decisions.map(drawDecision));
  list.style.setProperty('--columns', `${names.length}`);
  if (names.length < 2) return list;
  const heads = names.map((name) => element('span', {}, name));
  const head = element('p', { class: 'heads', 'aria-hidden': 'true' }, element('span', {}), ...heads);
  head.style.setProperty('--columns', `${names.length}`);
  return element('div', {}, head, list);
}
