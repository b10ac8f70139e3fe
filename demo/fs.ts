import {
  type FullStoryDouble,
  type FullStoryDoubleOptions,
  installFullStory,
  type Stub,
} from './fullstory-double.ts';

declare global {
  interface Window {
    fullstoryDouble?: FullStoryDouble;
    fullstoryDoubleOptions?: FullStoryDoubleOptions;
    _fs_namespace?: string;
    _fs_ready?: (failed?: boolean) => void;
    _fs_capture_on_startup?: boolean;
  }
}

const STORED = 'fullstory-double';
const namespace = document.currentScript?.getAttribute('data-fs-namespace') || window._fs_namespace || 'FS';
let isLeaving = false;

const double = installFullStory(
  {
    stub: (window as unknown as Record<string, Stub>)[namespace] as Stub,
    isChildFrame: window.parent !== window,
    ready: (failed) => window._fs_ready?.(failed),
    load: () => localStorage.getItem(STORED),
    save: (kept) => localStorage.setItem(STORED, kept),
    now: () => Date.now(),
    setTimeout: (callback, ms) => void window.setTimeout(callback, ms),
  },
  { captureOnStartup: window._fs_capture_on_startup !== false, ...window.fullstoryDoubleOptions },
);
window.fullstoryDouble = double;

// What arrives while the page is being left has to be kept at once.
window.addEventListener('pagehide', () => {
  isLeaving = true;
  double.save();
});
window.addEventListener('pageshow', () => {
  isLeaving = false;
});
double.subscribe(() => {
  if (isLeaving) double.save();
});
