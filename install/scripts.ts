/** The destinations of the data. */
export type Target = 'fullstory' | 'amplitude' | 'fullstory-amplitude';

/** A built script for pages, with the information that texts need. */
export interface PageScript {
  readonly target: Target;
  /** The names of its destinations. */
  readonly title: string;
  /** Its file in `dist/`. */
  readonly file: string;
  /** The global with its settings before it runs, and its API afterwards. */
  readonly global: string;
  /** The start of the names that Tag Manager shows. */
  readonly tagName: string;
  /** The end of the names of its files to paste, before the extension. */
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
