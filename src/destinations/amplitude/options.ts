import { warn } from '../../page/warn.ts';
import { type AmplitudeSettings, type ResolvedSettings, readSettings } from '../../settings.ts';
import type { Problem } from '../../status.ts';
import { isAmplitude } from './sdk.ts';

/** {@link AmplitudeSettings} after reading. */
export interface Options extends Pick<ResolvedSettings, 'propertyName' | 'eventName' | 'dedupe'> {
  /** A name, Amplitude itself, or nothing: then it is found by itself. */
  instance: unknown;
  exposure: boolean;
}

/**
 * Reads the setting `amplitude`. What is wrong is told, and the default holds.
 *
 * @param written a name, Amplitude itself, or settings.
 * @param settings the bridge's.
 */
export function readOptions(
  written: unknown,
  settings: ResolvedSettings,
  tell: (problem: Problem) => void,
): Options {
  const options: Options = {
    instance: undefined,
    propertyName: settings.propertyName,
    eventName: settings.eventName,
    // What is the same for other destinations: here it needs no storage.
    dedupe: settings.dedupe === 'none' ? 'none' : 'session',
    exposure: false,
  };

  function complain(code: 'setting-wrong' | 'setting-unknown', name: string): void {
    const problem: Problem = `${code}:${name}`;
    tell(problem);
    warn(problem);
  }

  /** A name, or what can be called as Amplitude; false where it is neither. */
  function readInstance(value: unknown): boolean {
    const isOne = typeof value === 'string' || isAmplitude(value);
    if (isOne) options.instance = value;
    return isOne;
  }

  try {
    if (!written || readInstance(written)) return options;
    const given = Object.assign({}, written) as AmplitudeSettings & Record<string, unknown>;
    // A promise, or a module that has no Amplitude in it.
    if (
      typeof (written as { then?: unknown }).then === 'function' ||
      !Object.keys(given).some((name) => name in options)
    ) {
      throw written;
    }
    const { instance, exposure } = given;
    if (instance && !readInstance(instance)) complain('setting-wrong', 'amplitude.instance');
    if (exposure === true) options.exposure = true;
    else if (exposure) complain('setting-wrong', 'amplitude.exposure');
    Object.keys(given).forEach((name) => {
      if (!(name in options)) complain('setting-unknown', `amplitude.${name}`);
    });
    const read = readSettings([pick(options), pick(given)], (code) => {
      const [kind, name] = code.split(':');
      complain(kind as 'setting-wrong', `amplitude.${name}`);
    });
    options.propertyName = read.propertyName;
    options.eventName = read.eventName;
    options.dedupe = read.dedupe;
  } catch {
    complain('setting-wrong', 'amplitude');
  }
  return options;
}

function pick({
  propertyName,
  eventName,
  dedupe,
}: Partial<Pick<Options, 'propertyName' | 'eventName' | 'dedupe'>>) {
  return { propertyName, eventName, dedupe };
}
