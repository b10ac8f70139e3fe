/** The one element that a selector means; throws when the page has none. */
export function find<Type extends HTMLElement = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): Type {
  const element = within.querySelector<Type>(selector);
  if (!element) throw new Error(`The page has no ${selector}`);
  return element;
}

/** A new element with its content. */
export function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<Pick<HTMLElement, 'className' | 'id' | 'hidden'>> = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...content);
  return element;
}

/** Leaves the document alone when nothing changed: selections stay, and nothing is read out again. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Text in which what stands between backquotes is code. */
export function withCode(text: string): (Node | string)[] {
  return text.split('`').map((part, index) => (index % 2 ? create('code', {}, part) : part));
}

/** A text that may be broken after an underscore, so that narrow columns hold it. */
export function withBreaks(text: string): (Node | string)[] {
  return text.split(/(?<=_)/).flatMap((part) => [part, create('wbr')]);
}
