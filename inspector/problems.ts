import { type DestinationProblem, problemOf, type Status } from '../src/status.ts';
import { type Explanation, explainDestinationProblem, PROBLEMS, UNKNOWN_PROBLEM } from './explanations.ts';
import { explainMissingClient } from './missing-client.ts';
import { sectionOf } from './sections.ts';
import type { Surroundings } from './surroundings.ts';
import { codeOf } from './words.ts';

/** An explanation that the panel lists under “What to look at”. */
export interface Advice extends Explanation {
  /** The problem's code, or the subject of the finding. */
  title: string;
}

const DESTINATION_PROBLEMS: readonly DestinationProblem[] = ['absent', 'blocked', 'refused', 'throws'];

/** Explains a code of one of the site's own destinations. */
function explainOwn(code: string, { destinations }: Status): Explanation | undefined {
  for (const { name } of destinations) {
    const problem = DESTINATION_PROBLEMS.find((one) => problemOf(name, one) === code);
    if (problem) return explainDestinationProblem(name, problem);
  }
  return undefined;
}

function explain(code: string, surroundings: Surroundings): Explanation {
  const cause = code === 'client-missing' && explainMissingClient(surroundings);
  if (cause) return cause;
  const isKnown = Object.keys(PROBLEMS).indexOf(code) >= 0;
  if (isKnown) return { ...PROBLEMS[code as keyof typeof PROBLEMS], section: sectionOf(code) };
  return explainOwn(code, surroundings.status as Status) || UNKNOWN_PROBLEM;
}

/** Explains the codes in `status().problems`, and problems that only the page shows. */
export function explainProblems(surroundings: Surroundings): Advice[] {
  const { status, hasLateConstant, misspeltGlobals, unreadAttributes } = surroundings;
  const problems: string[] = [...(status as Status).problems];
  if (hasLateConstant && !problems.includes('settings-late')) problems.push('settings-late');
  problems.push(...misspeltGlobals.map((global) => `setting-unknown:${global}`));
  // `problem` may be any text: usually a code, or a code and a detail.
  const advice: Advice[] = problems.map((problem) => ({
    ...explain(problem.split(':')[0] as string, surroundings),
    title: problem,
  }));
  if (unreadAttributes.length) {
    advice.push({
      title: 'type="module"',
      mood: 'waiting',
      what: `The script’s tag is a module, so nobody reads ${codeOf(unreadAttributes)}.`,
      todo: 'Remove `type="module"` from its tag, or put the settings into an object before it.',
      section: 'docs/install.md#settings',
    });
  }
  return advice;
}
