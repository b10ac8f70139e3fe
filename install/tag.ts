import { PAGE_SCRIPTS } from './scripts.ts';
import { partSettings, settingsAttributes, settingsText } from './settings-text.ts';
import type { WrittenSettings } from './written-settings.ts';

/** A file of this package on jsDelivr, and how a page loads it. */
export interface CdnTag {
  /** An exact version: the integrity of a range or of `latest` would break with the next release. */
  version: string;
  /** The file's integrity, from `sri` of `integrity.ts`. */
  integrity: string;
  /** A file in the package's `dist`. */
  file?: string;
  settings?: WrittenSettings;
  /** The script's global, for settings that attributes cannot have. */
  global?: string;
  /** Whether the tag is `async`. */
  isAsync?: boolean;
}

/** The script before a tag, for the settings that its attributes cannot have. Empty if there are none. */
export function scriptBeforeTag(settings: WrittenSettings, global?: string): string {
  return settingsText(partSettings(settings)[1], global);
}

function withSettings(tag: string, settings: WrittenSettings, global?: string): string {
  const before = scriptBeforeTag(settings, global);
  const [attributes] = partSettings(settings);
  return `${before && `<script>${before}</script>\n`}${tag}${settingsAttributes(attributes)}></script>`;
}

/**
 * The script tag that loads the bridge from jsDelivr, which serves each version that is on npm.
 *
 * @throws when the version is not exact, the integrity is none, or a setting is wrong.
 */
export function cdnTag({
  version,
  file = PAGE_SCRIPTS.fullstory.file,
  integrity,
  settings = {},
  global,
  isAsync = false,
}: CdnTag): string {
  if (!/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version)) throw new Error(`${version} is not an exact version`);
  if (!/^sha(256|384|512)-[\w+/]+=*$/.test(integrity)) throw new Error(`The integrity of ${file} is missing`);
  const address = `https://cdn.jsdelivr.net/npm/optimizely-fullstory@${version}/dist/${file}`;
  const tag = `<script src="${address}" integrity="${integrity}" crossorigin="anonymous"${isAsync ? ' async' : ''}`;
  return withSettings(tag, settings, global);
}

/**
 * The script tag that loads the bridge from the site itself: from its root, under the file's own name.
 *
 * @param isAsync whether the tag is `async`.
 * @throws when a setting is wrong.
 */
export function fileTag(
  settings: WrittenSettings = {},
  { file, global } = PAGE_SCRIPTS.fullstory,
  isAsync = false,
): string {
  return withSettings(`<script${isAsync ? ' async' : ''} src="/${file}"`, settings, global);
}
