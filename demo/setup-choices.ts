import type { Publication } from '../install/publication.ts';

/** How the bridge gets onto the page. */
export const INSTALLATION_KINDS = ['head', 'tag-manager', 'async', 'file', 'cdn', 'npm'] as const;
export type Installation = (typeof INSTALLATION_KINDS)[number];

/** Where Optimizely is. */
export type Where = 'script' | 'bundle' | 'tag-manager' | 'server';

/**
 * The installations for each of these, the recommended one first. Another one needs a name in `INSTALLATION_KINDS`, a
 * place in these lists, its text in `setup-texts.ts`, and its card and steps in `setup.html`.
 */
const INSTALLATIONS: Readonly<Record<Where, readonly Installation[]>> = {
  script: ['head', 'async', 'file', 'cdn', 'tag-manager'],
  bundle: ['npm', 'head', 'async', 'file', 'cdn', 'tag-manager'],
  'tag-manager': ['tag-manager', 'head', 'async', 'file', 'cdn'],
  server: ['head', 'async', 'file', 'cdn', 'tag-manager'],
};

/** The ones that work: a CDN has what is on npm. The first is recommended. */
export const installationsFor = (where: Where, { isOnNpm }: Publication): readonly Installation[] =>
  INSTALLATIONS[where].filter((kind) => isOnNpm || kind !== 'cdn');

/** Where Optimizely is, for an address that names an installation alone. */
export const whereOf = (installation: Installation): Where =>
  (({ npm: 'bundle', 'tag-manager': 'tag-manager' }) as Partial<Record<Installation, Where>>)[installation] ??
  'script';

/** Whether a text is one of these. */
export const isWhere = (text: string): text is Where => text in INSTALLATIONS;
