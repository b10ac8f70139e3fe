import type { Explanation } from './explanations.ts';
import { type Section, sectionOf } from './sections.ts';
import type { Surroundings } from './surroundings.ts';
import { codeOf } from './words.ts';

const IN_WORKER: Section = 'docs/troubleshooting.md#the-script-is-in-a-web-worker';

/**
 * The reason why the script listens to no client, as far as the page shows it.
 *
 * @returns undefined if it shows none.
 */
export function explainMissingClient({
  clients,
  sdks,
  remotes,
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
      todo: 'Remove `type="text/partytown"` from the SDK’s tag. Other scripts may stay in the worker.',
      section: IN_WORKER,
    };
  }
  if (remotes.length) {
    return {
      mood,
      what: `A web worker has what the page calls ${codeOf(remotes)}, as with Comlink. No script of the page can hear what is decided there.`,
      todo: 'Let the worker send its decisions to the page, and pass them to `optimizelyFullStory.record()`.',
      section: IN_WORKER,
    };
  }
  if (clients.length) {
    return {
      mood,
      what: `The page has a client as ${codeOf(clients)}, but the script does not listen to it: the setting \`client\` names another, the site has called \`disconnect()\`, or the client has only just appeared.`,
      todo: 'If nothing changes, remove the setting `client`, or let it name this client. After `disconnect()`, call `optimizelyFullStory.connect(client)`.',
      section,
    };
  }
  if (sdks.length) {
    return {
      mood,
      what: hasFetchedDatafile
        ? `The SDK is there as ${codeOf(sdks)} and has fetched its datafile: a client was created before this script ran, in a variable that the script cannot find.`
        : `The SDK is there as ${codeOf(sdks)}, but it has created no client since this script ran.`,
      todo: 'Put this script before Optimizely’s SDK. Or pass the client in: `optimizelyFullStory.connect(client)`. Or set `client` to the name of the global that holds it.',
      section,
    };
  }
  if (hasFetchedDatafile) {
    return {
      mood,
      what: 'The app bundles the SDK: the page has fetched a datafile, but no global holds the SDK or a client.',
      todo: 'Pass the client in where the app creates it: `optimizelyFullStory.connect(client)`.',
      section,
    };
  }
  if (hasWebExperimentation) {
    return {
      mood,
      what: 'This page has Optimizely Web Experimentation. Only Feature Experimentation makes flag decisions.',
      todo: 'For Web Experimentation use FullStory’s own integration. If the app also bundles Feature Experimentation’s SDK, pass its client in.',
      section,
    };
  }
  return undefined;
}
