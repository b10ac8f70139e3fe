import type { DecisionCounts } from '../src/status.ts';
import { element, sentence, sign } from './element.ts';
import { makeMovable } from './move.ts';
import { putInPlace } from './place.ts';
import { STYLE } from './style.ts';
import type { Advice, Line, Summary } from './summary.ts';
import { drawTimeline } from './timeline.ts';

/** The panel on the page. */
export interface Panel {
  /** Shows what is said, where the visitor can use it. */
  draw(summary: Summary): void;
  /** Takes it off the page, with everything that belongs to it. */
  remove(): void;
}

/** Events that end at the panel: a page's shortcuts and its clicks outside of a menu are for the page. */
const OWN_EVENTS = [
  ...['click', 'dblclick', 'auxclick', 'contextmenu', 'wheel', 'input', 'change', 'focusin', 'focusout'],
  ...['pointerdown', 'pointerup', 'pointermove', 'mousedown', 'mouseup', 'mousemove'],
  ...['touchstart', 'touchmove', 'touchend', 'keydown', 'keypress', 'keyup'],
];

/** What each count tells, in the order in which they add up. */
const COUNTS: readonly (readonly [name: keyof DecisionCounts, meaning: string])[] = [
  ['seen', 'made on this page so far'],
  ['sent', 'handed over to FullStory'],
  ['duplicate', 'the session had them already'],
  ['ignored', 'left out by the settings, or no decisions'],
  ['waiting', 'to be handed over'],
  ['dropped', 'given up: too many were waiting'],
  ['recovered', 'among those seen: made before the script listened'],
];

function addStyle(root: ShadowRoot): void {
  try {
    // A content security policy may forbid style elements; it does not forbid these.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Safari before 16.4.
    root.appendChild(element('style', {}, STYLE));
  }
}

function drawLines(lines: Line[], session: string | null): Node {
  const list = element('dl', { class: 'lines' });
  for (const { mood, label, text, todo } of lines) {
    list.appendChild(element('dt', {}, sign(mood), label));
    const said = element('dd', {}, ...sentence(text));
    if (label === 'FullStory' && session) {
      const link = { href: session, target: '_blank', rel: 'noopener noreferrer' };
      said.appendChild(document.createTextNode(' '));
      said.appendChild(element('a', link, 'Open the session'));
    }
    if (todo) said.appendChild(element('p', {}, ...sentence(todo)));
    list.appendChild(said);
  }
  return list;
}

function drawAdvice(advice: Advice[]): Node {
  const list = element('ul', { class: 'advice' });
  for (const { mood, title, what, todo } of advice) {
    const about = element('p', { class: 'what' }, ...sentence(what));
    list.appendChild(
      element(
        'li',
        { class: mood },
        element('h4', {}, title),
        about,
        ...(todo ? [element('p', {}, ...sentence(todo))] : []),
      ),
    );
  }
  return list;
}

function drawCounts(counts: DecisionCounts): Node {
  const list = element('dl', { class: 'counts' });
  for (const [name, meaning] of COUNTS) {
    list.appendChild(
      element(
        'div',
        { title: meaning, class: `${name}${counts[name] ? '' : ' none'}` },
        element('dt', {}, name),
        element('dd', {}, counts[name].toLocaleString('en')),
      ),
    );
  }
  return list;
}

/** Draws a part of the panel anew when what it shows has changed, so that reading and selecting are not disturbed. */
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
  const header = element(
    'header',
    {},
    handle,
    element('h2', { id: 'title' }, 'Optimizely → FullStory'),
    copyButton,
    closeButton,
  );
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
    { class: 'body', tabindex: '0', role: 'group', 'aria-label': 'What it sees' },
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
      notice.textContent = 'Copied. It names neither the visitor nor the session.';
    } catch {
      // No clipboard without a secure page and the visitor's leave.
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
    // A dialog that the panel is in stays open.
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
      const { mood, text: said } = summary.verdict;
      if (verdict.textContent !== said) verdict.textContent = said;
      panel.setAttribute('data-mood', mood);
      lines.draw([summary.lines, summary.session], () => drawLines(summary.lines, summary.session));
      advice.draw(summary.advice.length && summary.advice, () => drawAdvice(summary.advice));
      counts.draw(summary.counts, () => drawCounts(summary.counts as DecisionCounts));
      timeline.draw(summary.decisions.length && summary.decisions, () => drawTimeline(summary.decisions));
    },
    remove() {
      const hadFocus = document.activeElement === host;
      stopMoving();
      host.remove();
      if (hadFocus && focusedBefore instanceof HTMLElement) focusedBefore.focus({ preventScroll: true });
    },
  };
}
