import { element } from './element.ts';
import type { DecisionLine } from './summary.ts';

function drawDecision({ at, flag, value, rule, outcome, text }: DecisionLine): HTMLElement {
  const moment = new Date(at);
  return element(
    'li',
    { class: outcome },
    element('span', { class: 'decision' }, element('b', {}, flag), ' = ', element('code', {}, value)),
    element('span', { class: 'outcome' }, outcome),
    element(
      'span',
      { class: 'detail' },
      element('time', { datetime: moment.toISOString() }, moment.toTimeString().slice(0, 8)),
      (text && ` · ${text}`) + (rule && ` · rule ${rule}`),
    ),
  );
}

/** The latest decisions as a list, the newest first. */
export function drawTimeline(decisions: DecisionLine[]): HTMLElement {
  return element('ol', { class: 'timeline' }, ...decisions.map(drawDecision));
}
