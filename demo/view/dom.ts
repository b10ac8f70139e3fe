export function find<Type extends HTMLElement = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): Type {
  const element = within.querySelector<Type>(selector);
  if (!element) throw new Error(`The page has no ${selector}`);
  return element;
}

/** Leaves the document alone when nothing changed: selections stay, and nothing is read out again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

export function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/** A key that may be broken after an underscore, so that narrow columns hold it. */
export function createKey(key: string): HTMLElement {
  const code = create('code');
  for (const part of key.split(/(?<=_)/)) code.append(part, create('wbr'));
  return code;
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
