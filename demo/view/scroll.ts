import { create } from './dom.ts';

/**
 * Says of a box that scrolls that there is more of it: in words above it where it goes on sideways, and by `data-more`, which
 * names the ends at which something is hidden, for CSS to fade. While it scrolls, it is a stop of the Tab key.
 */
export function showMore(box: HTMLElement): void {
  const hint = create('p', 'quiet hint', 'There is more: scroll the table sideways.');
  box.before(hint);

  function look(): void {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight, scrollLeft, scrollTop } = box;
    const isWide = scrollWidth > clientWidth;
    const ends = [
      ['left', scrollLeft],
      ['right', scrollWidth - clientWidth - scrollLeft],
      ['below', scrollHeight - clientHeight - scrollTop],
    ] as const;
    // Positions are fractions of a pixel where sizes are rounded.
    const hidden = ends.filter(([, pixels]) => pixels > 1);
    box.dataset.more = hidden.map(([end]) => end).join(' ');
    hint.hidden = !isWide;
    if (isWide || scrollHeight > clientHeight) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }

  const observer = new ResizeObserver(look);
  observer.observe(box);
  if (box.firstElementChild) observer.observe(box.firstElementChild);
  box.addEventListener('scroll', look, { passive: true });
}
