import { createPanel } from './panel.ts';
import { reportText } from './report.ts';
import { summarize } from './summary.ts';
import { lookAround } from './surroundings.ts';

/** The element that holds the panel. It is all that the inspector adds to the page, and identifies an open inspector. */
const TAG = 'optimizely-fullstory-inspector';
/** Asks an open inspector to close. */
const CLOSE = 'optimizely-fullstory-inspector-close';
/** Ms between looks at the page. */
const LOOK_AGAIN = 500;

function open(): void {
  const host = document.createElement(TAG);
  // FullStory does not record elements with this class
  // (https://help.fullstory.com/hc/en-us/articles/360020623574).
  host.className = 'fs-exclude';

  function close(): void {
    clearInterval(timer);
    panel.remove();
  }

  function look(): void {
    // The page has removed it. With a dialog of the page, the panel only moved along.
    if (!host.parentNode) close();
    else panel.draw(summarize(lookAround()));
  }

  const panel = createPanel(
    host,
    (text) => navigator.clipboard.writeText(text),
    () => reportText(summarize(lookAround()), location.hostname, navigator.userAgent, Date.now()),
    close,
  );
  const timer = setInterval(look, LOOK_AGAIN);
  host.addEventListener(CLOSE, close);
  look();
}

/** Opens the inspector, or closes it when it is open. */
function toggle(): void {
  const opened = document.querySelector(TAG);
  if (!opened) open();
  else {
    opened.dispatchEvent(new Event(CLOSE));
    // In a copy of the page, nothing listens.
    opened.remove();
  }
}

toggle();
