// @ts-check
import { settingsAttributes } from './settings-text.mjs';

/**
 * The script tag that loads the bridge from jsDelivr, which serves each version that is on npm.
 *
 * @param {object} tag
 * @param {string} tag.version an exact one: the integrity of a range or of `latest` would break with the next release.
 * @param {string} [tag.file] of the package's `dist`.
 * @param {string} tag.integrity the file's, as {@link import('./integrity.mjs').sri} makes it.
 * @param {import('./settings.mjs').WrittenSettings} [tag.settings]
 * @param {boolean} [tag.isAsync] whether the page goes on while it loads.
 * @throws {Error} when the version is not exact, the integrity is none, or a setting is wrong.
 */
export function cdnTag({
  version,
  file = 'optimizely-fullstory.min.js',
  integrity,
  settings,
  isAsync = false,
}) {
  if (!/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version)) throw new Error(`${version} is not an exact version`);
  if (!/^sha(256|384|512)-[\w+/]+=*$/.test(integrity)) throw new Error(`The integrity of ${file} is missing`);
  const address = `https://cdn.jsdelivr.net/npm/optimizely-fullstory@${version}/dist/${file}`;
  return `<script src="${address}" integrity="${integrity}" crossorigin="anonymous"${isAsync ? ' async' : ''}${settingsAttributes(settings)}></script>`;
}
