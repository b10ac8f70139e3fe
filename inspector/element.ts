/**
 * Makes an element. Nothing is parsed: texts stay texts, so a page's Trusted Types have nothing to forbid.
 *
 * @param attributes by their names.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  for (const child of children) {
    made.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  }
  return made;
}

/** A sentence. `Names` between backticks become code. */
export function sentence(text: string): Node[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 ? element('code', {}, part) : document.createTextNode(part)));
}

/** A sign next to a text with the same meaning. */
export function sign(mood: string): HTMLElement {
  const glyphs: Record<string, string> = { good: '✓', waiting: '…', bad: '!' };
  return element('span', { class: `sign ${mood}`, 'aria-hidden': 'true' }, glyphs[mood] as string);
}
