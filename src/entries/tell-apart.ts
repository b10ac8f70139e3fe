import type { DestinationSetup } from '../destinations/destination.ts';

/**
 * Tells destinations of one name apart, such as two projects of Amplitude: each one of a bridge after the first counts as
 * another account, with a storage key of its own.
 */
export function tellApart(setups: readonly DestinationSetup[]): DestinationSetup[] {
  const names: string[] = [];
  return setups.map((setUp) => (settings, tell) => {
    const destination = setUp(settings, tell);
    const { name } = destination;
    const before = names.filter((other) => other === name).length;
    names.push(name);
    if (before) {
      const namespace = `${settings.namespace}#${before}`;
      Object.assign(destination, { settings: { ...destination.settings, namespace } });
    }
    return destination;
  });
}
