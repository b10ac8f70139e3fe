/** `1 decision`, `1,200 decisions`. */
export function plural(count: number, thing: string): string {
  return `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
}

/** `one`, `one and two`, `one, two and three`. */
export function listOf(parts: readonly string[]): string {
  const last = parts[parts.length - 1] ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** `` `one` and `two` ``: names as code. */
export function codeOf(names: readonly string[]): string {
  return listOf(names.map((name) => `\`${name}\``));
}
