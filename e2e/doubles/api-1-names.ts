/**
 * Changes property names as API 1 (snippet 1.3, `@fullstory/browser` 1.x) does before they leave the browser: it cuts a
 * suffix that names a type, and removes characters other than letters, digits and underscores, and leading digits.
 * Where nothing would be left, the name stays. API 2 changes nothing.
 */

const SUFFIX = /_(str|int|real|bool|date|obj)s?$/;

interface Named {
  /** The properties under the names that are sent. */
  properties: Record<string, unknown>;
  /** The types that suffixes named, by the name that is sent. */
  types: Record<string, string>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function nameAsApi1(given: Record<string, unknown>): Named {
  const named: Named = { properties: {}, types: {} };
  for (const [key, value] of Object.entries(given)) {
    const type = SUFFIX.exec(key)?.[1];
    const name =
      key
        .replace(SUFFIX, '')
        .replace(/[^A-Za-z0-9_]/g, '')
        .replace(/^[0-9]+/, '') || key;
    // Names that fall together: the last one stays.
    named.properties[name] = isObject(value) ? nameAsApi1(value).properties : value;
    if (type) named.types[name] = type;
  }
  return named;
}
