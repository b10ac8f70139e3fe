import { create } from './dom.ts';

/**
 * Marks a scrolling box that has hidden content: with words above it if it scrolls sideways, and with `data-more`, which
 * names the ends with hidden content, for CSS to fade. While it scrolls, the Tab key stops at it.
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
    // Positions may be fractions of a pixel, sizes are rounded.
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
