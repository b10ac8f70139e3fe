import { type AmplitudeSettings, type ResolvedSettings, readSettings } from '../../settings.ts';
import type { Problem } from '../../status.ts';
import { isAmplitude } from './sdk.ts';

/** {@link AmplitudeSettings} after reading. */
export interface Options extends Pick<ResolvedSettings, 'propertyName' | 'eventName' | 'dedupe'> {
  /** A name, an instance or module, or nothing: then it is found automatically. */
  instance?: unknown;
  exposure?: unknown;
}

const isInstance = (value: unknown) => typeof value === 'string' || isAmplitude(value);

/**
 * Reads the setting `amplitude`. Mistakes are reported, and the defaults hold.
 *
 * @param written a name, an instance or module, or settings.
 * @param settings the bridge's.
 */
export function readOptions(
  written: unknown,
  { propertyName, eventName, dedupe }: ResolvedSettings,
  tell: (problem: Problem) => void,
): Options {
  // The default here is `session`, because that needs no storage.
  const defaults: Options = { propertyName, eventName, dedupe: dedupe === 'none' ? dedupe : 'session' };

  if (isInstance(written)) return Object.assign(defaults, { instance: written });
  const given = Object.assign({}, defaults, written) as Options & AmplitudeSettings;
  const { instance, exposure } = given;
  const wrong = (name: string) => tell(('setting-wrong:amplitude' + name) as `setting-wrong:${string}`);
  if (written && (written as { then?: unknown }).then) wrong('');
  if (instance && !isInstance(instance)) wrong('.instance');
  if (exposure && exposure !== true) wrong('.exposure');
  delete given.instance;
  delete given.exposure;
  const read = readSettings([given], (code) => tell(code.replace(':', ':amplitude.') as Problem));
  return Object.assign(read, { instance: isInstance(instance) && instance, exposure: exposure === true });
}
