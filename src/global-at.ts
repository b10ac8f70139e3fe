/**
 * The value of the global with a name, which may be dotted.
 *
 * @throws where a part of the path is missing.
 */
export function globalAt(path: string): unknown {
  return path.split('.').reduce<unknown>((holder, key) => (holder as Record<string, unknown>)[key], window);
}
