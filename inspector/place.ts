/**
 * Finds where on the page the panel can be used. While a modal dialog is open, the browser lets nobody click or focus
 * anything outside of it, above it or not.
 *
 * @returns the dialog in use, or the root: frameworks replace what is in the body.
 */
function findPlace(): Element {
  try {
    const dialogs = document.querySelectorAll('dialog:modal');
    const focused = document.activeElement;
    // Of several dialogs the one in use has the focus: opening it took the focus there.
    return (
      (focused && focused.closest('dialog:modal')) || dialogs[dialogs.length - 1] || document.documentElement
    );
  } catch {
    // A browser that does not know `:modal`.
    return document.documentElement;
  }
}

/** Puts the panel's host where the panel can be used, and the panel above everything there. Moves it only if it has to. */
export function putInPlace(host: HTMLElement, panel: HTMLElement): void {
  const place = findPlace();
  if (host.parentNode === place) return;
  place.appendChild(host);
  try {
    // Whatever the page's stacking.
    panel.setAttribute('popover', 'manual');
    panel.showPopover();
  } catch {
    // A browser without popovers has the largest z-index.
    panel.removeAttribute('popover');
  }
}
