import type { Section } from './sections.ts';
import type { DecisionLine, Summary } from './summary.ts';

/** Ms since 1970 as a time that does not depend on the time zone. */
function moment(at: number): string {
  return new Date(at).toISOString();
}

function withSection(text: string, section: Section | undefined): string {
  return section ? `${text} (${section})` : text;
}

/** The outcome of a decision, for each of several destinations. */
function outcomesOf({ outcomes }: DecisionLine): string {
  return outcomes
    .filter(({ outcome }) => outcome)
    .map(({ destination, outcome, text }) => {
      const name = outcomes.length > 1 ? `${destination} ` : '';
      return `${name}${outcome}${text ? `, ${text}` : ''}`;
    })
    .join('; ');
}

/**
 * The summary as a text for a support ticket. It names the site's host, but no page, visitor or session: addresses of pages
 * and sessions can identify a visitor.
 *
 * @param now ms since 1970.
 */
export function reportText(
  { verdict, lines, advice, destinations, decisions }: Summary,
  host: string,
  browser: string,
  now: number,
): string {
  const text = [
    'optimizely-fullstory: inspector report',
    verdict.text,
    '',
    `Site: ${host || 'a local file'}`,
    `Browser: ${browser}`,
    `When: ${moment(now)}`,
    '',
  ];
  for (const { label, text: said, todo, section } of lines) {
    text.push(withSection(`${label}: ${said}${todo ? ` ${todo}` : ''}`, section));
  }
  if (advice.length) text.push('', 'What to look at');
  for (const { title, what, todo, section } of advice) {
    text.push(withSection(`- ${title}: ${what}${todo ? ` ${todo}` : ''}`, section));
  }
  if (destinations.length) text.push('', 'Decisions');
  for (const { name, counts } of destinations) {
    const { seen, sent, duplicate, ignored, waiting, dropped, recovered } = counts;
    const label = destinations.length > 1 ? `${name}: ` : '';
    text.push(
      `${label}${seen} seen = ${sent} sent + ${duplicate} duplicate + ${ignored} ignored + ${waiting} waiting + ${dropped} dropped; ${recovered} of them recovered`,
    );
  }
  if (decisions.length) text.push('', `The latest ${decisions.length}, the newest first`);
  for (const decision of decisions) {
    const { at, flag, value, rule } = decision;
    text.push(`${moment(at)}  ${flag} = ${value}${rule ? ` (${rule})` : ''}  ${outcomesOf(decision)}`);
  }
  return `${text.join('\n')}\n`;
}
