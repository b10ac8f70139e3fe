import { drawCounts } from './counts.ts';
import { element, sentence, sign } from './element.ts';
import { makeMovable } from './move.ts';
import { putInPlace } from './place.ts';
import type { Advice } from './problems.ts';
import { addressOf, type Section } from './sections.ts';
import { STYLE } from './style.ts';
import type { Line, Summary } from './summary.ts';
import { drawTimeline } from './timeline.ts';

/** The panel on the page. */
export interface Panel {
  /** Shows a summary, in a place where the visitor can use it. */
  draw(summary: Summary): void;
  /** Removes it and everything that belongs to it from the page. */
  remove(): void;
}

/** Events that stop at the panel, so they trigger no shortcuts of the page and close no menus. */
const OWN_EVENTS = [
  ...['click', 'dblclick', 'auxclick', 'contextmenu', 'wheel', 'input', 'change', 'focusin', 'focusout'],
  ...['pointerdown', 'pointerup', 'pointermove', 'mousedown', 'mouseup', 'mousemove'],
  ...['touchstart', 'touchmove', 'touchend', 'keydown', 'keypress', 'keyup'],
];

function addStyle(root: ShadowRoot): void {
  try {
    // A content security policy may forbid style elements, but not constructed style sheets.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Safari before 16.4.
    root.appendChild(element('style', {}, STYLE));
  }
}

function drawLink(href: string, text: string): HTMLElement {
  return element('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text);
}

/** A link to a section, or its file as long as the documents are not published. */
function drawSection(section: Section | undefined): HTMLElement[] {
  if (!section) return [];
  const address = addressOf(section);
  const [file, heading] = section.split('#') as [string, string];
  const where = address
    ? drawLink(address, `More: ${heading.replace(/-/g, ' ')}`)
    : element('span', {}, 'More: ', element('code', {}, file), ', ', element('code', {}, `#${heading}`));
  return [element('p', { class: 'more' }, where)];
}

function drawLines(lines: Line[]): Node {
  const list = element('dl', { class: 'lines' });
  for (const { mood, label, text, todo, section, session } of lines) {
    list.appendChild(element('dt', {}, sign(mood), label));
    const said = element('dd', {}, ...sentence(text));
    if (session) {
      said.appendChild(document.createTextNode(' '));
      said.appendChild(drawLink(session, 'Open the session'));
    }
    if (todo) said.appendChild(element('p', {}, ...sentence(todo)));
    for (const more of drawSection(section)) said.appendChild(more);
    list.appendChild(said);
  }
  return list;
}

function drawAdvice(advice: Advice[]): Node {
  const list = element('ul', { class: 'advice' });
  for (const { mood, title, what, todo, section } of advice) {
    const about = element('p', { class: 'what' }, ...sentence(what));
    list.appendChild(
      element(
        'li',
        { class: mood },
        element('h4', {}, title),
        about,
        ...(todo ? [element('p', {}, ...sentence(todo))] : []),
        ...drawSection(section),
      ),
    );
  }
  return list;
}

/** Redraws a part of the panel only when its content has changed, so reading and selecting are not disturbed. */
function createPart(title: string): { node: HTMLElement; draw(content: unknown, make: () => Node): void } {
  const node = element('section', {});
  let drawn = '';
  return {
    node,
    draw(content, make) {
      const now = JSON.stringify(content);
      if (now === drawn) return;
      drawn = now;
      while (node.lastChild) node.removeChild(node.lastChild);
      node.hidden = !content;
      if (content) {
        if (title) node.appendChild(element('h3', {}, title));
        node.appendChild(make());
      }
    },
  };
}

/**
 * Puts the panel on the page.
 *
 * @param host an element that is not on the page yet.
 * @param copy gets the report's text to the clipboard; rejects when it cannot.
 * @param report makes the report's text.
 * @param onClose called when the visitor closes it.
 */
export function createPanel(
  host: HTMLElement,
  copy: (text: string) => Promise<void>,
  report: () => string,
  onClose: () => void,
): Panel {
  const root = host.attachShadow({ mode: 'open' });
  const focusedBefore = document.activeElement;
  const handle = element(
    'button',
    {
      type: 'button',
      class: 'handle',
      'aria-label': 'Move with the arrow keys',
      title: 'Drag, or use the arrow keys',
    },
    element('span', { 'aria-hidden': 'true' }, '⠿'),
  );
  const copyButton = element('button', { type: 'button', class: 'copy' }, 'Copy report');
  const closeButton = element(
    'button',
    { type: 'button', class: 'close', 'aria-label': 'Close', title: 'Close (Escape)' },
    element('span', { 'aria-hidden': 'true' }, '✕'),
  );
  const title = element('h2', { id: 'title' });
  const header = element('header', {}, handle, title, copyButton, closeButton);
  const verdict = element('p', { class: 'verdict', role: 'status' });
  const notice = element('p', { class: 'notice', role: 'status' });
  const text = element('textarea', {
    readonly: '',
    rows: '6',
    'aria-label': 'The report, to be copied',
    spellcheck: 'false',
  });
  text.hidden = true;
  const parts = {
    lines: createPart(''),
    advice: createPart('What to look at'),
    counts: createPart('Decisions'),
    timeline: createPart('The latest decisions'),
  };
  const { lines, advice, counts, timeline } = parts;
  const body = element(
    'div',
    { class: 'body', tabindex: '0', role: 'group', 'aria-label': 'Findings' },
    ...[lines, advice, counts, timeline].map(({ node }) => node),
  );
  const panel = element(
    'div',
    { class: 'panel', role: 'dialog', 'aria-labelledby': 'title', tabindex: '-1' },
    ...[header, verdict, notice, text, body],
  );

  copyButton.addEventListener('click', async () => {
    const content = report();
    try {
      await copy(content);
      text.hidden = true;
      notice.textContent = 'Copied. The report names neither the visitor nor the session.';
    } catch {
      // The clipboard needs a secure page and the visitor's permission.
      text.hidden = false;
      text.value = content;
      text.focus();
      text.select();
      notice.textContent = 'Press Ctrl+C, or ⌘C, to copy:';
    }
  });
  closeButton.addEventListener('click', onClose);
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    // A dialog around the panel stays open.
    event.preventDefault();
    onClose();
  });
  for (const type of OWN_EVENTS) {
    host.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
  }

  addStyle(root);
  root.appendChild(panel);
  putInPlace(host, panel);
  const stopMoving = makeMovable(panel, header, handle);
  panel.focus({ preventScroll: true });

  return {
    draw(summary) {
      putInPlace(host, panel);
      const { mood, text: judged } = summary.verdict;
      if (verdict.textContent !== judged) verdict.textContent = judged;
      panel.setAttribute('data-mood', mood);
      const { lines: said, advice: given, destinations, decisions } = summary;
      const names = destinations.map(({ name }) => name);
      const heading = `Optimizely → ${names.join(', ') || 'FullStory'}`;
      if (title.textContent !== heading) title.textContent = heading;
      lines.draw(said, () => drawLines(said));
      advice.draw(given.length && given, () => drawAdvice(given));
      counts.draw(names.length && destinations, () => drawCounts(destinations));
      timeline.draw(decisions.length && [names, decisions], () => drawTimeline(decisions, names));
    },
    remove() {
      const hadFocus = document.activeElement === host;
      stopMoving();
      host.remove();
      if (hadFocus && focusedBefore instanceof HTMLElement) focusedBefore.focus({ preventScroll: true });
    },
  };
}
