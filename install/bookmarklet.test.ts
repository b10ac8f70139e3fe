import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { bookmarklet, LONGEST_BOOKMARK } from './bookmarklet.ts';

/** The code that a browser runs: the address without its scheme, decoded. */
function codeOf(address: string): string {
  return decodeURIComponent(new URL(address).href.slice('javascript:'.length));
}

it.each([
  ['(() => { seen.push("100% of <b>&amp;</b> #1? \\\\ `x`"); })();', '100% of <b>&amp;</b> #1? \\ `x`'],
  ['seen.push("a" +\n\t// a comment ends with its line\n  "b");\n', 'ab'],
  ['seen.push("é → 日本");', 'é → 日本'],
])('%j runs as written', (code, expected) => {
  const seen: string[] = [];
  runInNewContext(codeOf(bookmarklet(code)), { seen });
  expect(seen).toEqual([expected]);
});

it('has no characters that HTML or a bookmark would change', () => {
  const address = bookmarklet('if (1 < 2 && "a" > \'b\') {\n  void `#%`;\n}');
  expect(address).toMatch(/^javascript:[\w.~!*'()%,:;=-]+$/);
});

it('throws if a browser would not keep it', () => {
  const longest = LONGEST_BOOKMARK - 'javascript:'.length;
  expect(bookmarklet('a'.repeat(longest))).toHaveLength(LONGEST_BOOKMARK);
  expect(() => bookmarklet('a'.repeat(longest + 1))).toThrow(
    `takes ${LONGEST_BOOKMARK} characters, and this one has ${LONGEST_BOOKMARK + 1}`,
  );
});
