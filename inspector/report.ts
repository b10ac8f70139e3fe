import type { Summary } from './summary.ts';

/** Ms since 1970 as a moment that is the same everywhere. */
function moment(at: number): string {
  return new Date(at).toISOString();
}

/**
 * The summary as a text for a support ticket. It names the site's host but no page, and neither the visitor nor the
 * session: addresses of pages and of sessions can tell who it was.
 *
 * @param now ms since 1970.
 */
export function reportText(
  { verdict, lines, advice, counts, decisions }: Summary,
  host: string,
  browser: string,
  now: number,
): string {
  const text = [
    'optimizely-fullstory: what the inspector saw',
    verdict.text,
    '',
    `Site: ${host || 'a local file'}`,
    `Browser: ${browser}`,
    `When: ${moment(now)}`,
    '',
  ];
  for (const { label, text: said, todo } of lines) text.push(`${label}: ${said}${todo ? ` ${todo}` : ''}`);
  if (advice.length) text.push('', 'What to look at');
  for (const { title, what, todo } of advice) text.push(`- ${title}: ${what}${todo ? ` ${todo}` : ''}`);
  if (counts) {
    const { seen, sent, duplicate, ignored, waiting, dropped, recovered } = counts;
    text.push(
      '',
      'Decisions',
      `${seen} seen = ${sent} sent + ${duplicate} duplicate + ${ignored} ignored + ${waiting} waiting + ${dropped} dropped; ${recovered} of them recovered`,
    );
  }
  if (decisions.length) text.push('', `The latest ${decisions.length}, the newest first`);
  for (const { at, flag, value, rule, outcome, text: detail } of decisions) {
    text.push(
      `${moment(at)}  ${flag} = ${value}${rule ? ` (${rule})` : ''}  ${outcome}${detail ? `, ${detail}` : ''}`,
    );
  }
  return `${text.join('\n')}\n`;
}
