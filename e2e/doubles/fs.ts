import {
  type FullStoryDouble,
  type FullStoryDoubleOptions,
  installFullStory,
  type Stub,
} from './fullstory.ts';

interface Options extends FullStoryDoubleOptions {
  /** Settles when the script should arrive, to make it slow. Default: at once. */
  arrival?: Promise<void>;
  /** Whether the page counts as one in a child frame. Default as fs.js finds it. */
  isChildFrame?: boolean;
  /** The storage for the cookie and the received calls. Default `localStorage`. */
  storage?: Storage;
  /** The name under which they are kept. */
  storedAs?: string;
  /** Called when it has taken over. */
  onInstalled?: (double: FullStoryDouble) => void;
}

declare global {
  interface Window {
    fullstoryDouble?: FullStoryDouble;
    fullstoryDoubleOptions?: Options;
    _fs_namespace?: string;
    _fs_ready?: (failed?: boolean) => void;
    _fs_capture_on_startup?: boolean;
    /** Set if a frame should be recorded separately. */
    _fs_is_outer_script?: boolean;
  }
}

// Not an element of the page with one of these names.
const current = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript')?.get?.call(document);
const named = (current as HTMLElement | null)?.getAttribute('data-fs-namespace');
const leftOver: unknown = window._fs_namespace;
const namespace = named || (typeof leftOver === 'string' && leftOver) || 'FS';
const options = window.fullstoryDoubleOptions ?? {};

function arrive(): void {
  const { storage = localStorage, storedAs = 'fullstory-double' } = options;
  let isLeaving = false;
  const double = installFullStory(
    {
      stub: (window as unknown as Record<string, Stub>)[namespace] as Stub,
      isChildFrame: options.isChildFrame ?? (window.top !== window && !window._fs_is_outer_script),
      ready: (failed) => window._fs_ready?.(failed),
      load: () => storage.getItem(storedAs),
      save: (kept) => storage.setItem(storedAs, kept),
      now: () => Date.now(),
      setTimeout: (callback, ms) => void window.setTimeout(callback, ms),
      listen(type, listener) {
        window.addEventListener(type, listener);
        return () => window.removeEventListener(type, listener);
      },
    },
    { captureOnStartup: window._fs_capture_on_startup !== false, ...options },
  );
  window.fullstoryDouble = double;

  // Calls that arrive while the page is left must be stored at once.
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
  options.onInstalled?.(double);
}

if (options.arrival) void options.arrival.then(arrive);
else arrive();
