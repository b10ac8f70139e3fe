import type { BridgeProblem, DestinationProblem } from '../src/status.ts';
import type { Section } from './sections.ts';

/** `good`: it works. `waiting`: it may still work by itself. `bad`: somebody has to do something. */
export type Mood = 'good' | 'waiting' | 'bad';

/** A problem or a finding, in words. */
export interface Explanation {
  mood: Mood;
  /** The meaning, in one sentence. */
  what: string;
  /** What to do about it. */
  todo: string;
  /** The section of the documents about it. */
  section?: Section;
}

/** One explanation for each code of `status().problems`, by the text before its colon. */
export const PROBLEMS: Record<
  BridgeProblem | `fullstory-${DestinationProblem}` | `amplitude-${Exclude<DestinationProblem, 'refused'>}`,
  Explanation
> = {
  'fullstory-absent': {
    mood: 'bad',
    what: 'There is no FullStory on this page.',
    todo: 'Add FullStory’s snippet. If it is there under another name, set `namespace`. Decisions wait until it comes.',
  },
  'fullstory-blocked': {
    mood: 'bad',
    what: 'FullStory’s snippet is there, but its script does not load.',
    todo: 'Look for an ad blocker, a content security policy or a network that stops it. Try a window without extensions. Or a consent tool holds it back: then give consent.',
  },
  'fullstory-refused': {
    mood: 'bad',
    what: 'FullStory’s server declined to capture this visitor.',
    todo: 'Check the account’s session quota, its list of domains, its privacy rules, and whether this browser is supported.',
  },
  'fullstory-throws': {
    mood: 'waiting',
    what: 'FullStory’s function threw an error. The script tries again.',
    todo: 'Look for code of the site that wraps or replaces FullStory’s global, and for its error in the console.',
  },
  'amplitude-absent': {
    mood: 'bad',
    what: 'There is no Amplitude on this page.',
    todo: 'Add Amplitude. If it has another name, or comes from npm, set `amplitude`. Decisions wait until it comes.',
  },
  'amplitude-blocked': {
    mood: 'bad',
    what: 'Amplitude’s snippet is there, but its library does not load.',
    todo: 'Look for an ad blocker, a content security policy or a network that stops it. Try a window without extensions. Or a consent tool holds it back: then give consent.',
  },
  'amplitude-throws': {
    mood: 'waiting',
    what: 'Amplitude’s function threw an error. The script tries again.',
    todo: 'Look for code of the site that wraps or replaces `amplitude.track`, and for its error in the console.',
  },
  'client-missing': {
    mood: 'bad',
    what: 'The script has found no Optimizely client and heard no decision.',
    todo: 'Put the script before Optimizely’s SDK. If the app bundles its SDK, call `optimizelyFullStory.connect(client)`. Or set `client` to the name of the global that holds it: a property of `window`, so `var`, not `const`.',
  },
  'client-invalid': {
    mood: 'bad',
    what: 'The value given as the client is not a client: it is null, a promise, or another object.',
    todo: 'Pass the result of `createInstance()`. Await a promise first.',
  },
  'client-late': {
    mood: 'waiting',
    what: 'The client existed before this script, so decisions may be missing.',
    todo: 'Put the script before Optimizely’s SDK. Decisions that Optimizely had not sent yet are recovered (see “recovered”).',
  },
  'sdk-not-ready': {
    mood: 'bad',
    what: 'Optimizely’s SDK says that it is not ready: it has no datafile. Or React’s SDK has no user yet. Or the page has closed a client early.',
    todo: 'Check the SDK key and the environment, and whether cdn.optimizely.com is blocked here. With React, check that the provider gets its user.',
  },
  'global-locked': {
    mood: 'waiting',
    what: 'The page froze this global, so the script cannot see the clients that it creates.',
    todo: 'Pass the client in: `optimizelyFullStory.connect(client)`.',
  },
  'decision-invalid': {
    mood: 'waiting',
    what: 'A reported decision has no flag key, or does not say whether the flag is enabled.',
    todo: 'Check the calls of `record()`: each decision needs `flag_key` and `enabled`.',
  },
  'before-send': {
    mood: 'waiting',
    what: '`beforeSend` is missing, threw an error, or returned neither an event nor `false`. The event was sent unchanged.',
    todo: 'Check the function and its name. It must return the event or `false` each time.',
  },
  'property-name-rule': {
    mood: 'waiting',
    what: 'The name of a user property is outside FullStory’s documented rule.',
    todo: 'Set `propertyName` to letters, digits, `_` and `-` only, as in `optimizely_{flag}`.',
  },
  'property-limit': {
    mood: 'waiting',
    what: 'The page has set more different user properties than FullStory keeps: 500 names in an account.',
    todo: 'Choose the flags that matter with `flags`, or set `propertyName` to an empty text. Events have no such limit.',
  },
  'settings-late': {
    mood: 'waiting',
    what: 'The page set its settings after the script had run, so they have no effect.',
    todo: 'Move them before the script.',
  },
  'legacy-calls': {
    mood: 'bad',
    what: 'The site calls only older methods such as `isFeatureEnabled()` or `activate()`, which make no flag decision.',
    todo: 'Use `createUserContext(…).decide(…)`: only flag decisions are forwarded.',
  },
  'client-shared': {
    mood: 'waiting',
    what: 'Two bridges listen to one client and forward the same flags to the same destination, so each decision arrives twice.',
    todo: 'Load the script once, or give each its own `flags`.',
  },
  'child-frame': {
    mood: 'waiting',
    what: 'This page is in a frame, where FullStory takes events but no user properties.',
    todo: 'Nothing, if events are enough. Otherwise make the decision in the outer page, or pass it there to `record()`.',
  },
  storage: {
    mood: 'waiting',
    what: 'The browser’s storage cannot be used, so `persist` and `dedupe: session` have no effect.',
    todo: 'Nothing in a private window. Otherwise check whether the browser or the page’s sandbox forbids storage, or it is full.',
  },
  'setting-unknown': {
    mood: 'waiting',
    what: 'There is no setting of this name.',
    todo: 'Check its spelling, and the global’s: `optimizelyFullStory`, with a capital S. As attributes, names have hyphens (`data-property-name`); in an object they do not (`propertyName`).',
  },
  'setting-wrong': {
    mood: 'waiting',
    what: 'The value of this setting is not allowed, so its default holds. In `flags`, a wrong entry matches no flag.',
    todo: 'Check the value against the table of settings in the README.',
  },
};

/** The explanation for a destination of the site's own, with its name. */
export function explainDestinationProblem(name: string, problem: DestinationProblem): Explanation {
  switch (problem) {
    case 'absent':
      return {
        mood: 'bad',
        what: `${name} is not on this page.`,
        todo: 'Check whether its code has run. Decisions wait until it comes.',
      };
    case 'blocked':
      return {
        mood: 'bad',
        what: `${name} does not load.`,
        todo: 'Look for an ad blocker, a content security policy or a network that stops it.',
      };
    case 'refused':
      return {
        mood: 'bad',
        what: `${name} takes nothing from this visitor.`,
        todo: 'Ask the author of the destination.',
      };
    case 'throws':
      return {
        mood: 'waiting',
        what: `${name} threw an error. The script tries again.`,
        todo: 'Look for its error in the code of the destination.',
      };
  }
}

/** For a code of a newer version of the script. */
export const UNKNOWN_PROBLEM: Explanation = {
  mood: 'waiting',
  what: 'This inspector does not know this code: it is older than the script.',
  todo: 'Use the inspector of the script’s own version.',
};
