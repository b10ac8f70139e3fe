import { find, setText } from './view/dom.ts';

/** Ms for which a button shows that it has copied. */
const SAYS_COPIED = 2000;

function forget(button: HTMLElement): void {
  delete button.dataset.copied;
  if (button.firstChild) button.firstChild.textContent = 'Copy';
}

/** No button shows any more that it has copied: the texts have changed. */
export function forgetCopied(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-copied]')) forget(button);
}

/** @returns whether the text is in the clipboard. If not, it is selected. */
async function copyText(area: HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    // Only pages on https or localhost have a clipboard, and the browser may ask for permission.
    area.focus();
    area.select();
    return document.execCommand('copy');
  }
}

/**
 * Lets each button with `data-copy` copy the text in the area with that id.
 *
 * @param ready resolves when the areas have their current texts.
 */
export function startCopying(ready: () => Promise<unknown>): void {
  async function copy(button: HTMLElement): Promise<void> {
    await ready();
    const isCopied = await copyText(find<HTMLTextAreaElement>(`#${button.dataset.copy}`));
    setText(find('#said'), '');
    setText(find('#said'), isCopied ? 'Copied' : 'The text is selected. Copy it with the keyboard.');
    if (!button.firstChild) return;
    button.firstChild.textContent = isCopied ? 'Copied' : 'Selected';
    button.dataset.copied = 'true';
    setTimeout(() => forget(button), SAYS_COPIED);
  }

  for (const button of document.querySelectorAll<HTMLElement>('[data-copy]')) {
    button.addEventListener('click', () => void copy(button));
  }
}
