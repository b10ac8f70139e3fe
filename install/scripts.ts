/** Where the data is to go. */
export type Target = 'fullstory' | 'amplitude' | 'fullstory-amplitude';

/** A built script for pages, and what texts need to know of it. */
export interface PageScript {
  readonly target: Target;
  /** The products that it forwards to, in words. */
  readonly title: string;
  /** Its file in `dist/`. */
  readonly file: string;
  /** The global that holds its settings before, and its API after. */
  readonly global: string;
  /** The start of the names that Tag Manager shows. */
  readonly tagName: string;
  /** What the names of its files to paste end in, before their extension. */
  readonly suffix: string;
  readonly hasFullStory: boolean;
  readonly hasAmplitude: boolean;
}

/** The scripts for pages, by where the data goes. */
export const PAGE_SCRIPTS: Readonly<Record<Target, PageScript>> = {
  fullstory: {
    target: 'fullstory',
    title: 'FullStory',
    file: 'optimizely-fullstory.min.js',
    global: 'optimizelyFullStory',
    tagName: 'Optimizely FullStory',
    suffix: '',
    hasFullStory: true,
    hasAmplitude: false,
  },
  amplitude: {
    target: 'amplitude',
    title: 'Amplitude',
    file: 'optimizely-amplitude.min.js',
    global: 'optimizelyAmplitude',
    tagName: 'Optimizely Amplitude',
    suffix: '-amplitude',
    hasFullStory: false,
    hasAmplitude: true,
  },
  'fullstory-amplitude': {
    target: 'fullstory-amplitude',
    title: 'FullStory and Amplitude',
    file: 'optimizely-fullstory-amplitude.min.js',
    global: 'optimizelyFullStory',
    tagName: 'Optimizely FullStory Amplitude',
    suffix: '-fullstory-amplitude',
    hasFullStory: true,
    hasAmplitude: true,
  },
};
