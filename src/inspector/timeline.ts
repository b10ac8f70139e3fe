import { element } from './element.ts';
import type { DecisionLine } from './summary.ts';

/** The time of day as the visitor's clock has it, with its ms. */
function timeOfDay(at: number): string {
  const time = new Date(at);
  return `${time.toTimeString().slice(0, 8)}.${`00${time.getMilliseconds()}`.slice(-3)}`;
}

function drawDecision({ at, flag, value, rule, outcome, text }: DecisionLine): HTMLElement {
  return element(
    'li',
    { class: outcome },
    element('time', { datetime: new Date(at).toISOString() }, timeOfDay(at)),
    element('span', { class: 'decision' }, element('b', {}, flag), ' = ', element('code', {}, value)),
    element('span', { class: 'outcome' }, outcome),
    element('span', { class: 'way' }, text + (rule ? ` · rule ${rule}` : '')),
  );
}

/** The latest decisions as a list, the newest first. */
export function drawTimeline(decisions: DecisionLine[]): HTMLElement {
  return element('ol', { class: 'timeline' }, ...decisions.map(drawDecision));
}
