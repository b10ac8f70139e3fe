import { cspHash, sri } from '../install/integrity.ts';
import { moduleText } from '../install/module.ts';
import { connectText, recordText } from '../install/queued-calls.ts';
import { scriptText } from '../install/script-text.ts';
import type { PageScript } from '../install/scripts.ts';
import { asyncSnippetHtml, snippetHtml, snippetScript } from '../install/snippet.ts';
import { cdnTag, fileTag, scriptBeforeTag } from '../install/tag.ts';
import { tagManagerHtml } from '../install/tag-manager.ts';
import { tagManagerContainer } from '../install/tag-manager-container.ts';
import type { WrittenSettings } from '../install/written-settings.ts';
import type { Installation, Where } from './setup-choices.ts';

/** The built file for all texts. */
export interface Package {
  readonly version: string;
  readonly bytes: Uint8Array;
  /** The text of `dist/stub.min.js`. */
  readonly stub: string;
}

/** The choices on the page. */
export interface Choice {
  readonly where: Where;
  readonly installation: Installation;
  readonly pageScript: PageScript;
}

/** The texts to paste for an installation. A part that cannot be made has a reason. */
export interface Texts {
  text: string;
  /** The lines for the app or the server. */
  lines?: string;
  /** The reason why there is no text. */
  failure?: string;
  /** The source for a content security policy. */
  policy?: string;
  /** The reason why it cannot be shown. */
  policyFailure?: string;
  /** The file to import into Tag Manager. */
  container?: string;
  containerFailure?: string;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A source for a policy, with the hashes of the inline scripts. */
const addHashes = async (source: string, ...scripts: string[]) =>
  [source, ...(await Promise.all(scripts.filter(Boolean).map(cspHash)))].join(' ');

/** Makes the texts for an installation. Never throws: a part that cannot be made has a reason. */
export async function makeTexts(
  { where, installation, pageScript }: Choice,
  { version, bytes, stub }: Package,
  settings: WrittenSettings,
): Promise<Texts> {
  const script = new TextDecoder().decode(bytes);
  const texts: Texts = { text: '' };
  if (where === 'server') texts.lines = recordText(pageScript.global);
  if (where === 'bundle' && installation !== 'npm') texts.lines = connectText(pageScript.global);
  try {
    if (installation === 'head') {
      texts.text = snippetHtml(script, settings, pageScript);
      try {
        texts.policy = await cspHash(snippetScript(script, settings, pageScript));
      } catch (error) {
        texts.policyFailure = messageOf(error);
      }
    } else if (installation === 'tag-manager') {
      texts.text = tagManagerHtml(script, settings, pageScript);
      try {
        texts.container = `${JSON.stringify(tagManagerContainer({ script, version, settings, pageScript }), null, 2)}\n`;
      } catch (error) {
        texts.containerFailure = messageOf(error);
      }
    } else if (installation === 'file') {
      texts.text = fileTag(settings, pageScript);
      texts.policy = await addHashes("'self'", scriptBeforeTag(settings, pageScript.global));
    } else if (installation === 'async') {
      texts.text = asyncSnippetHtml(stub, settings, pageScript);
      texts.policy = await addHashes(
        "'self'",
        scriptText(stub, 'stub.min.js'),
        scriptBeforeTag(settings, pageScript.global),
      );
    } else if (installation === 'cdn') {
      texts.text = cdnTag({
        version,
        integrity: await sri(bytes),
        settings,
        file: pageScript.file,
        global: pageScript.global,
      });
      const address = / src="([^"]*)"/.exec(texts.text)?.[1] ?? '';
      texts.policy = await addHashes(address, scriptBeforeTag(settings, pageScript.global));
    } else {
      texts.text = moduleText(settings, pageScript);
    }
  } catch (error) {
    texts.failure = messageOf(error);
  }
  return texts;
}
