import type { Publication } from '../install/publication.ts';

/** The kinds of installation. */
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

/** The installations that work: a CDN needs npm. The first one is recommended. */
export const installationsFor = (where: Where, { isOnNpm }: Publication): readonly Installation[] =>
  INSTALLATIONS[where].filter((kind) => isOnNpm || kind !== 'cdn');

/** The first answer for an address that names only an installation. */
export const whereOf = (installation: Installation): Where =>
  (({ npm: 'bundle', 'tag-manager': 'tag-manager' }) as Partial<Record<Installation, Where>>)[installation] ??
  'script';

/** Whether a text is one of these. */
export const isWhere = (text: string): text is Where => text in INSTALLATIONS;
