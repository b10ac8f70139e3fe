/** `flag_key` as `flagKey`. A name without an underscore stays as it is. */
export function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
