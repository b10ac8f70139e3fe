/** The element for a selector. Throws if the page has none. */
export function find<Type extends HTMLElement = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): Type {
  const element = within.querySelector<Type>(selector);
  if (!element) throw new Error(`The page has no ${selector}`);
  return element;
}

/** Changes the document only if necessary: selections stay, and screen readers do not repeat it. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** A new element with its content. A text alone is its class. */
export function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: string | Partial<Pick<HTMLElement, 'className' | 'id' | 'hidden'>> = '',
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (typeof properties !== 'string') Object.assign(element, properties);
  else if (properties) element.className = properties;
  element.append(...content);
  return element;
}

/** A text that may be broken after an underscore, for narrow columns. */
export function withBreaks(text: string): (Node | string)[] {
  return text.split(/(?<=_)/).flatMap((part) => [part, create('wbr')]);
}

/** Text with code between backquotes. */
export function withCode(text: string): (Node | string)[] {
  return text.split('`').map((part, index) => (index % 2 ? create('code', '', part) : part));
}

export function createTime(at: number): HTMLTimeElement {
  const date = new Date(at);
  const time = create('time', '', date.toLocaleTimeString('en-GB'));
  time.dateTime = date.toISOString();
  return time;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** FullStory's session URLs end in the user's and the session's number. */
export function shortSession(session: string | null): string {
  return session ? session.slice(session.lastIndexOf('/') + 1) : 'none';
}
