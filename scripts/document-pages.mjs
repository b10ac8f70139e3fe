import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { marked } from 'marked';
import { headingId } from './heading-id.mjs';
import { importTypeScript } from './import-typescript.mjs';

const { PUBLICATION } = await importTypeScript('install/publication.ts');

const ROOT = new URL('../', import.meta.url);

/** The documents that are pages of the site: those of `docs/`, and the README. */
export async function documentPaths() {
  const names = await readdir(new URL('docs/', ROOT));
  return ['README.md', ...names.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
}

const escapeHtml = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * Renders a document as a page.
 *
 * @param {string} path of the Markdown file, from the root of the project.
 * @param {readonly string[]} pages the documents that are pages too. The site does not have the other files of the
 * project: links to them lead to the repository, or become text.
 * @param {string | null} repository its address; null while there is no public one.
 * @returns {Promise<string | undefined>} undefined if there is no such file.
 */
export async function documentPage(path, pages, repository = PUBLICATION.repository) {
  if (!pages.includes(path) || !existsSync(new URL(path, ROOT))) return undefined;
  const text = await readFile(new URL(path, ROOT), 'utf8');
  const up = path.includes('/') ? '../' : '';
  const renderer = new marked.Renderer();
  const isHere = (file) =>
    pages.includes(file) || /^(dist\/[\w.-]+|docs\/images\/[\w.-]+|docs\/sql\/\w+\/[\w-]+\.sql)$/.test(file);
  renderer.heading = function heading({ tokens, depth, text: title }) {
    return `<h${depth} id="${headingId(title)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
  };
  renderer.table = ((make) =>
    function table(token) {
      return `<div class="scrolled" role="region" aria-label="Table" tabindex="0">${make.call(this, token)}</div>`;
    })(renderer.table);
  renderer.link = function link({ href, tokens }) {
    const content = this.parser.parseInline(tokens);
    if (/^(https?:|#)/.test(href)) return `<a href="${escapeHtml(href)}">${content}</a>`;
    const [file, anchor] = href.split('#');
    const target = posix.join(posix.dirname(path), file);
    if (!isHere(target) && !repository) return content;
    const found = isHere(target)
      ? up + target.replace(/\.md$/, '.html')
      : `${repository}/blob/HEAD/${target}`;
    const address = `${found}${anchor ? `#${anchor}` : ''}`;
    // A browser would run an HTML file to paste, and show nothing.
    const download = isHere(target) && target.startsWith('dist/') ? ' download' : '';
    return `<a href="${escapeHtml(address)}"${download}>${content}</a>`;
  };
  const title = /^# (.*)$/m.exec(text)?.[1] ?? path;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escapeHtml(title)} · optimizely-fullstory</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${up}shared.css" />
    <link rel="stylesheet" href="${up}document.css" />
  </head>
  <body>
    <header><a href="${up}setup.html">Set it up</a> <a href="${up}index.html">Playground</a> <a href="${up}README.html">README</a></header>
    <main>
${await marked.parse(text, { renderer })}    </main>
  </body>
</html>
`;
}
