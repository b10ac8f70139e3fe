import type { Explanation } from './explanations.ts';
import { type Section, sectionOf } from './sections.ts';
import type { Surroundings } from './surroundings.ts';

const IN_WORKER: Section = 'docs/troubleshooting.md#the-script-is-in-a-web-worker';

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(' and ');

/**
 * Why no client is listened to, as far as the page shows it.
 *
 * @returns undefined where it shows nothing.
 */
export function explainMissingClient({
  clients,
  sdks,
  isSdkInWorker,
  hasFetchedDatafile,
  hasWebExperimentation,
}: Surroundings): Explanation | undefined {
  const section = sectionOf('client-missing');
  const mood = 'bad';
  if (isSdkInWorker) {
    return {
      mood,
      what: 'Partytown runs Optimizely’s SDK in a web worker, where no script of the page can hear its clients.',
      todo: 'Take `type="text/partytown"` out of the SDK’s tag. Other scripts may stay there.',
      section: IN_WORKER,
    };
  }
  if (clients.length) {
    return {
      mood,
      what: `The page has a client as ${code(clients)}, and it is not listened to: the setting \`client\` names another, or the client has come this moment.`,
      todo: 'If it stays so, take the setting `client` out, or let it name this client.',
      section,
    };
  }
  if (sdks.length) {
    return {
      mood,
      what: hasFetchedDatafile
        ? `The SDK is there as ${code(sdks)} and has fetched its datafile: a client was made before this script came, and is kept where nobody can find it.`
        : `The SDK is there as ${code(sdks)}, and no client has been made by it since this script came.`,
      todo: 'Put this script before Optimizely’s SDK. Or hand the client over: `optimizelyFullStory.connect(client)`; or set `client` to the name of the global that holds it.',
      section,
    };
  }
  if (hasFetchedDatafile) {
    return {
      mood,
      what: 'The app bundles the SDK: it has fetched its datafile, and no global holds it or a client.',
      todo: 'Hand the client over where the app makes it: `optimizelyFullStory.connect(client)`.',
      section,
    };
  }
  if (hasWebExperimentation) {
    return {
      mood,
      what: 'This page has Optimizely Web Experimentation. Only Feature Experimentation makes flag decisions.',
      todo: 'For Web Experimentation use the integration of its own. If the app bundles Feature Experimentation’s SDK too, hand its client over.',
      section,
    };
  }
  return undefined;
}
