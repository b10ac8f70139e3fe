import { createFinder } from '../src/destinations/amplitude/find.ts';
import { type Amplitude, isStub, readSdk } from '../src/destinations/amplitude/sdk.ts';
import { attempt } from './page-objects.ts';

/** Amplitude on a page without a bridge. */
export interface AmplitudeSight {
  namespace: string;
  state: 'absent' | 'loading' | 'waiting' | 'capturing';
}

function readState(found: Amplitude): AmplitudeSight['state'] {
  if (isStub(found)) return 'loading';
  const { sdk_: sdk, session_: session } = readSdk(found);
  return typeof session === 'number' && !sdk.getOptOut?.() ? 'capturing' : 'waiting';
}

/** Looks in the same places as the script. Never throws. */
export function findAmplitude(): AmplitudeSight {
  const finder = createFinder(undefined);
  const found = finder.find_();
  return {
    namespace: finder.name_() as string,
    state: found ? attempt(() => readState(found)) || 'waiting' : 'absent',
  };
}
