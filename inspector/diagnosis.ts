import type { Explanation } from './explanations.ts';
import type { Section } from './sections.ts';
import type { Surroundings } from './surroundings.ts';
import { codeOf } from './words.ts';

/** Something about the page that the bridge's status does not say. */
export interface Finding extends Explanation {
  title: string;
}

const MODULE =
  'With the module, the bridge is not a global: let the app run `Object.assign(globalThis, { optimizelyFullStory: bridge })`, and look again.';

const NOT_THERE: Section = 'docs/troubleshooting.md#the-script-is-not-there';

/** Why there is no bridge. */
function explainMissing({ names: [name], global, scripts, isInFrame }: Surroundings): Finding {
  const title = 'Script';
  const failed = scripts.find(({ httpStatus }) => httpStatus !== undefined && httpStatus >= 400);
  if (isInFrame) {
    return {
      title,
      mood: 'bad',
      what: 'The script runs in a frame of this page, not in the page itself.',
      todo: 'Put it on the page that makes the decisions. To inspect the frame, choose it in the console and paste the inspector there.',
    };
  }
  if (global === 'locked') {
    return {
      title,
      mood: 'bad',
      what: `The page has locked the name \`${name}\`, so the inspector cannot ask a running script.`,
      todo: 'Remove the code that freezes this global. Decisions may arrive in FullStory all the same.',
    };
  }
  if (global === 'foreign') {
    return {
      title,
      mood: 'bad',
      what: `Something else has the name \`${name}\`, and does not answer as this script does.`,
      todo: 'Find the code of the page that sets this global, and rename it. Until then, the inspector cannot ask a running script, and a later one may not start.',
      section: 'docs/troubleshooting.md#something-else-has-the-scripts-name',
    };
  }
  if (scripts.some(({ isInWorker }) => isInWorker)) {
    return {
      title,
      mood: 'bad',
      what: 'Its script tag is there, but Partytown runs it in a web worker, where it cannot reach the page.',
      todo: 'Remove `type="text/partytown"` from its tag. Other scripts may stay in the worker.',
      section: 'docs/troubleshooting.md#the-script-is-in-a-web-worker',
    };
  }
  if (scripts.some(({ isHeldBack }) => isHeldBack)) {
    return {
      title,
      mood: 'bad',
      what: 'Its script tag is there, but held back by its `type`, as consent tools do, and plugins that delay scripts until the first click.',
      todo: 'Give consent in the site’s banner, click on the page, and look again. Or exclude the tag from that tool: it sends nothing before FullStory captures.',
      section: 'docs/troubleshooting.md#consent-is-given-late-or-never',
    };
  }
  if (failed) {
    return {
      title,
      mood: 'bad',
      what: `Its script tag is there, but the server answered ${failed.httpStatus}.`,
      todo: 'Check the address in the tag, and that the file is on the server.',
      section: NOT_THERE,
    };
  }
  if (scripts.length) {
    return {
      title,
      mood: 'bad',
      what: 'Its script tag is there, but the script has not run.',
      todo: 'Look into the console. Either it is still loading, or a content security policy, a blocker, a wrong address or a wrong `integrity` stops it.',
      section: NOT_THERE,
    };
  }
  if (global === 'settings') {
    return {
      title,
      mood: 'bad',
      what: 'Its settings or its stub are on the page, but the script itself is not.',
      todo: `Add the script tag after them, or check whether Tag Manager’s tag has fired. ${MODULE}`,
      section: NOT_THERE,
    };
  }
  return {
    title,
    mood: 'bad',
    what: 'The script is not on this page.',
    todo: `Add its tag to the head, before Optimizely’s SDK, or check whether Tag Manager’s tag has fired. ${MODULE}`,
    section: NOT_THERE,
  };
}

function explainFullStory({ fullstory }: Surroundings): Finding {
  const title = 'FullStory';
  const name = `\`${fullstory.namespace}\``;
  switch (fullstory.state) {
    case 'absent':
      return {
        title,
        mood: 'bad',
        what: `FullStory is not on this page: there is no function ${name}.`,
        todo: 'Add its snippet. If it waits for consent, give consent and look again.',
        section: 'docs/troubleshooting.md#fullstory-absent',
      };
    case 'blocked':
      return {
        title,
        mood: 'bad',
        what: 'FullStory’s snippet is there, but its script was blocked.',
        todo: 'Look for an ad blocker, a content security policy or a network that stops it.',
        section: 'docs/troubleshooting.md#fullstory-blocked',
      };
    case 'loading':
      return {
        title,
        mood: 'waiting',
        what: 'FullStory’s snippet is there, but its script has not loaded yet.',
        todo: 'Wait a few seconds. If nothing changes, an ad blocker or a content security policy stops it.',
      };
    case 'there':
      return {
        title,
        mood: 'waiting',
        what: `FullStory is there as ${name}, but no session runs.`,
        todo: '',
      };
    case 'capturing':
      return { title, mood: 'good', what: `FullStory is there as ${name} and captures.`, todo: '' };
  }
}

function explainOptimizely({ sdks, clients, hasWebExperimentation }: Surroundings): Finding {
  const title = 'Optimizely';
  const found = sdks.concat(clients);
  if (found.length) {
    return {
      title,
      mood: 'good',
      what: `Feature Experimentation is there: ${codeOf(found)}.`,
      todo: '',
    };
  }
  if (hasWebExperimentation) {
    return {
      title,
      mood: 'bad',
      what: 'This page has Optimizely Web Experimentation. Only Feature Experimentation makes flag decisions.',
      todo: 'For Web Experimentation use FullStory’s own integration.',
    };
  }
  return {
    title,
    mood: 'waiting',
    what: 'No global of Optimizely’s SDK is on this page.',
    todo: 'If the app bundles the SDK, pass its client in: `optimizelyFullStory.connect(client)`.',
    section: 'docs/troubleshooting.md#client-missing',
  };
}

function explainAmplitude({ amplitude: { namespace, state } }: Surroundings): Finding {
  const title = 'Amplitude';
  const name = `\`${namespace}\``;
  switch (state) {
    case 'absent':
      return {
        title,
        mood: 'bad',
        what: `Amplitude is not on this page: there is nothing under ${name}.`,
        todo: 'Add it. If the app bundles it, pass it in: `amplitude({ instance })`.',
        section: 'docs/troubleshooting.md#amplitude-absent',
      };
    case 'loading':
      return {
        title,
        mood: 'waiting',
        what: 'Amplitude’s snippet is there, but its library has not loaded yet.',
        todo: 'Wait a few seconds. If nothing changes, an ad blocker or a content security policy stops it.',
        section: 'docs/troubleshooting.md#amplitude-blocked',
      };
    case 'waiting':
      return {
        title,
        mood: 'waiting',
        what: `Amplitude is there as ${name}, but takes nothing yet: the site has not called \`init\`, or the visitor opted out.`,
        todo: '',
        section: 'docs/amplitude.md#states',
      };
    case 'capturing':
      return { title, mood: 'good', what: `Amplitude is there as ${name}, and takes events.`, todo: '' };
  }
}

/** The destinations on the page, or those of the script. */
function explainDestinations(surroundings: Surroundings): Finding[] {
  const { names, fullstory, amplitude } = surroundings;
  const isForAmplitude = names[0] === 'optimizelyAmplitude';
  const hasAmplitude = amplitude.state !== 'absent';
  const findings: Finding[] = [];
  if (fullstory.state !== 'absent' || !(isForAmplitude || hasAmplitude))
    findings.push(explainFullStory(surroundings));
  if (isForAmplitude || hasAmplitude) findings.push(explainAmplitude(surroundings));
  return findings;
}

/** Everything that is on the page more than once, although one is enough. */
function explainSeveral({ scripts, fullstory, clients, sdks, status }: Surroundings): Finding[] {
  const findings: Finding[] = [];
  for (const name of new Set(scripts.map((script) => script.name))) {
    const count = scripts.filter((script) => script.name === name).length;
    if (count < 2) continue;
    findings.push({
      title: 'Several scripts',
      mood: 'waiting',
      what: `This script is on the page ${count} times. Only the first one runs, with its settings.`,
      todo: 'Keep one of the tags.',
      section: 'docs/troubleshooting.md#the-script-is-on-the-page-twice',
    });
  }
  if (fullstory.scripts > 1) {
    findings.push({
      title: 'Several FullStory scripts',
      mood: 'waiting',
      what: `FullStory’s script is on the page ${fullstory.scripts} times.`,
      todo: 'Keep one snippet. If you want two accounts, set `namespace` to the one that should get the decisions.',
    });
  }
  // While it listens to none, other findings name them.
  if (status?.clients && (sdks.length > 1 || clients.length > 1)) {
    const names = codeOf(clients.length > 1 ? clients : sdks);
    findings.push({
      title: 'Several from Optimizely',
      mood: 'good',
      what: `The page has ${names}. The script listens to all of them, unless the setting \`client\` names one, and counts the same one once.`,
      todo: '',
    });
  }
  return findings;
}

/** What the page shows, beside the bridge's status. */
export interface Diagnosis {
  /** Everything that a bridge needs. Empty while one runs: its status says it. */
  essential: Finding[];
  /** Everything that is there more than once. */
  several: Finding[];
}

/** Findings about a page that its bridge's status does not have. */
export function diagnose(surroundings: Surroundings): Diagnosis {
  return {
    essential: surroundings.status
      ? []
      : [explainMissing(surroundings), explainOptimizely(surroundings), ...explainDestinations(surroundings)],
    several: explainSeveral(surroundings),
  };
}
