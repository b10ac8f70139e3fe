import { cspHash, sri } from './integrity.ts';
import { lintContainer } from './lint-container.ts';
import { asyncSnippetHtml, snippetHtml } from './snippet.ts';
import { tagManagerHtml } from './tag-manager.ts';
import { tagManagerContainer } from './tag-manager-container.ts';

const SCRIPT = 'optimizely-fullstory.min.js';
const STUB = 'stub.min.js';

/** The texts for the head: a content security policy allows each by the hash of its inline block. */
const FOR_HEADS = ['snippet.html', 'snippet-async.html'];

/**
 * What stands between the tags of the one inline script that a text to paste has. A tag that loads a file may follow.
 *
 * @param name the file's, for the message.
 */
function inlineScript(html: string, name: string): string {
  const script = /^<script>([\s\S]*?)<\/script>\s*(?:<script async [^<]*><\/script>\s*)?$/.exec(html)?.[1];
  if (!script) throw new Error(`${name} is not one script block`);
  return script;
}

/** What the build gives to the texts. */
export interface Tools {
  /** Of this package. */
  version: string;
  /** Throws when a script is not fit for tag managers. */
  check(code: string, name: string): void;
  /** How many bytes a text has, in ways of the build's. */
  size(text: string): Readonly<Record<string, number>>;
}

/**
 * The files of `dist/` that people paste or import, made from the built script and checked, and the hashes and sizes
 * of all files.
 *
 * @param files the built ones by name.
 * @throws when the script is missing, a text does not pass the check, or a tag is too large.
 */
export async function filesToPaste(
  files: Readonly<Record<string, string>>,
  { version, check, size }: Tools,
): Promise<Record<string, string>> {
  const script = files[SCRIPT];
  const container = tagManagerContainer({ script, version });
  const made = {
    'snippet.html': `${snippetHtml(script)}\n`,
    'snippet-async.html': `${asyncSnippetHtml(files[STUB])}\n`,
    'gtm.html': tagManagerHtml(script),
    'gtm-container.json': `${JSON.stringify(container, null, 2)}\n`,
  };

  const containerHtml = container.containerVersion.tag[0]?.parameter?.[0]?.value ?? '';
  check(inlineScript(made['snippet.html'], 'snippet.html'), 'snippet.html');
  check(inlineScript(made['snippet-async.html'], 'snippet-async.html'), 'snippet-async.html');
  check(inlineScript(made['gtm.html'], 'gtm.html'), 'gtm.html');
  // Tag Manager puts a value in the place of each variable.
  check(inlineScript(containerHtml.replace(/\{\{.*?\}\}/g, 'null'), 'The tag'), 'gtm-container.json');
  const problems = lintContainer(container);
  if (problems.length > 0) throw new Error(`gtm-container.json: ${problems.join('. ')}`);

  const described = Object.entries({ ...files, ...made }).filter(([name]) => !/\.(map|d\.c?ts)$/.test(name));
  const hashes = await Promise.all(
    described.map(async ([name, text]) => {
      const integrity = await sri(new TextEncoder().encode(text));
      const csp = FOR_HEADS.includes(name) && (await cspHash(inlineScript(text, name)));
      return [name, { integrity, ...(csp && { csp }), bytes: size(text) }];
    }),
  );
  return {
    ...made,
    'integrity.json': `${JSON.stringify({ version, files: Object.fromEntries(hashes) }, null, 2)}\n`,
  };
}
