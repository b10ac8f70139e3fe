import { cspHash, sri } from './integrity.ts';
import { lintContainer } from './lint-container.ts';
import { PAGE_SCRIPTS, type PageScript } from './scripts.ts';
import { asyncSnippetHtml, snippetHtml } from './snippet.ts';
import { tagManagerHtml } from './tag-manager.ts';
import { tagManagerContainer } from './tag-manager-container.ts';

const STUB = 'stub.min.js';

/**
 * The text between the tags of the only inline script in a text to paste. A tag that loads a file may follow.
 *
 * @param name the file's, for the message.
 */
function inlineScript(html: string, name: string): string {
  const script = /^<script>([\s\S]*?)<\/script>\s*(?:<script async [^<]*><\/script>\s*)?$/.exec(html)?.[1];
  if (!script) throw new Error(`${name} is not one script block`);
  return script;
}

/** Functions of the build for the texts. */
export interface Tools {
  /** Of this package. */
  version: string;
  /** Throws when a script is not fit for tag managers. */
  check(code: string, name: string): void;
  /** The bytes of a text, as the build counts them. */
  size(text: string): Readonly<Record<string, number>>;
}

/** The files to paste or import of one script. */
function filesOf(
  pageScript: PageScript,
  script: string | undefined,
  stub: string | undefined,
  version: string,
  check: Tools['check'],
): Record<string, string> {
  const { suffix } = pageScript;
  const [snippet, asyncSnippet] = [`snippet${suffix}.html`, `snippet-async${suffix}.html`];
  const [tag, file] = [`gtm${suffix}.html`, `gtm-container${suffix}.json`];
  const container = tagManagerContainer({ script, version, pageScript });
  const snippetText = `${snippetHtml(script, {}, pageScript)}\n`;
  const asyncText = `${asyncSnippetHtml(stub, {}, pageScript)}\n`;
  const tagText = tagManagerHtml(script, {}, pageScript);
  const containerHtml = container.containerVersion.tag[0]?.parameter?.[0]?.value ?? '';
  check(inlineScript(snippetText, snippet), snippet);
  check(inlineScript(asyncText, asyncSnippet), asyncSnippet);
  check(inlineScript(tagText, tag), tag);
  // Tag Manager puts a value in the place of each variable.
  check(inlineScript(containerHtml.replace(/\{\{.*?\}\}/g, 'null'), 'The tag'), file);
  const problems = lintContainer(container);
  if (problems.length > 0) throw new Error(`${file}: ${problems.join('. ')}`);
  return {
    [snippet]: snippetText,
    [asyncSnippet]: asyncText,
    [tag]: tagText,
    [file]: `${JSON.stringify(container, null, 2)}\n`,
  };
}

/**
 * The files of `dist/` that people paste or import, made from the built scripts and checked, and the hashes and sizes
 * of all files.
 *
 * @param files the built ones by name.
 * @throws when a script is missing, a text does not pass the check, or a tag is too large.
 */
export async function filesToPaste(
  files: Readonly<Record<string, string>>,
  { version, check, size }: Tools,
): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const pageScript of Object.values(PAGE_SCRIPTS)) {
    Object.assign(made, filesOf(pageScript, files[pageScript.file], files[STUB], version, check));
  }

  const described = Object.entries({ ...files, ...made }).filter(([name]) => !/\.(map|d\.c?ts)$/.test(name));
  const hashes = await Promise.all(
    described.map(async ([name, text]) => {
      const integrity = await sri(new TextEncoder().encode(text));
      const csp = /^snippet.*\.html$/.test(name) && (await cspHash(inlineScript(text, name)));
      return [name, { integrity, ...(csp && { csp }), bytes: size(text) }];
    }),
  );
  return {
    ...made,
    'integrity.json': `${JSON.stringify({ version, files: Object.fromEntries(hashes) }, null, 2)}\n`,
  };
}
