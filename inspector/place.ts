/**
 * Finds a place where the panel can be used. While a modal dialog is open, the browser disables clicks and focus outside it,
 * also for elements above it.
 *
 * @returns the dialog in use, or the root element: frameworks replace the body's content.
 */
function findPlace(): Element {
  try {
    const dialogs = document.querySelectorAll('dialog:modal');
    const focused = document.activeElement;
    // If there are several dialogs, the one in use has the focus: opening it moved the focus there.
    return (
      (focused && focused.closest('dialog:modal')) || dialogs[dialogs.length - 1] || document.documentElement
    );
  } catch {
    // The browser does not know `:modal`.
    return document.documentElement;
  }
}

/** Puts the panel's host where the panel can be used, above everything else. Moves it only if necessary. */
export function putInPlace(host: HTMLElement, panel: HTMLElement): void {
  const place = findPlace();
  if (host.parentNode === place) return;
  place.appendChild(host);
  try {
    // Above the page's own stacking.
    panel.setAttribute('popover', 'manual');
    panel.showPopover();
  } catch {
    // Without popovers, use the largest z-index.
    panel.removeAttribute('popover');
  }
}
