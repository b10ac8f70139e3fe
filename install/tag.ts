import { settingsAttributes } from './settings-text.ts';
import type { WrittenSettings } from './written-settings.ts';

/** A file of this package on jsDelivr, and how a page loads it. */
export interface CdnTag {
  /** An exact one: the integrity of a range or of `latest` would break with the next release. */
  version: string;
  /** The file's, as `sri` of `integrity.ts` makes it. */
  integrity: string;
  /** Of the package's `dist`. */
  file?: string;
  settings?: WrittenSettings;
  /** Whether the page goes on while it loads. */
  isAsync?: boolean;
}

/**
 * The script tag that loads the bridge from jsDelivr, which serves each version that is on npm.
 *
 * @throws when the version is not exact, the integrity is none, or a setting is wrong.
 */
export function cdnTag({
  version,
  file = 'optimizely-fullstory.min.js',
  integrity,
  settings = {},
  isAsync = false,
}: CdnTag): string {
  if (!/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version)) throw new Error(`${version} is not an exact version`);
  if (!/^sha(256|384|512)-[\w+/]+=*$/.test(integrity)) throw new Error(`The integrity of ${file} is missing`);
  const address = `https://cdn.jsdelivr.net/npm/optimizely-fullstory@${version}/dist/${file}`;
  return `<script src="${address}" integrity="${integrity}" crossorigin="anonymous"${isAsync ? ' async' : ''}${settingsAttributes(settings)}></script>`;
}

/**
 * The script tag that loads the bridge from the site itself: from its root, under the file's own name.
 *
 * @param isAsync whether the page goes on while it loads.
 * @throws when a setting is wrong.
 */
export function fileTag(settings: WrittenSettings = {}, isAsync = false): string {
  return `<script${isAsync ? ' async' : ''} src="/optimizely-fullstory.min.js"${settingsAttributes(settings)}></script>`;
}
