import { bookmarklet } from '../install/bookmarklet.ts';

/**
 * The inspector as the address of a bookmark.
 *
 * @throws when `dist/` has not been built.
 */
export async function fetchInspector(): Promise<string> {
  const response = await fetch('dist/inspector.js');
  if (!response.ok) throw new Error(`dist/inspector.js: ${response.status}`);
  return bookmarklet(await response.text());
}
