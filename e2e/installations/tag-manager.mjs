import { shipped } from './site.mjs';

/**
 * The text of the tag in a container, as Tag Manager fires it: with the value of each variable.
 *
 * @param {Record<string, string>} values of changed variables, by name.
 * @param {string} [container] the file's text; the shipped one's by default.
 */
export async function containerTag(values = {}, container = undefined) {
  const { tag, variable } = JSON.parse(container ?? (await shipped('gtm-container.json'))).containerVersion;
  const html = tag[0].parameter.find(({ key }) => key === 'html').value;
  return html.replace(/\{\{(.*?)\}\}/g, (_, name) => {
    const { parameter } = variable.find((other) => other.name === name);
    return JSON.stringify(values[name] ?? parameter[0].value);
  });
}

/** The script tags of a page that has Tag Manager, with a container of these tags. */
export function tagManager(tags, attributes = '') {
  const texts = JSON.stringify(tags).replace(/</g, '\\u003c');
  return `<script${attributes}>window.tags = ${texts}</script><script${attributes} src="/e2e/tag-manager.js"></script>`;
}
