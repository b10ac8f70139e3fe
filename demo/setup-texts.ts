import { cspHash, sri } from '../install/integrity.ts';
import { moduleText } from '../install/module.ts';
import type { Publication } from '../install/publication.ts';
import { snippetHtml, snippetScript } from '../install/snippet.ts';
import { cdnTag, fileTag } from '../install/tag.ts';
import { tagManagerHtml } from '../install/tag-manager.ts';
import { tagManagerContainer } from '../install/tag-manager-container.ts';
import type { WrittenSettings } from '../install/written-settings.ts';

/** How the bridge gets onto the page. */
export const WAYS = ['head', 'tag-manager', 'file', 'cdn', 'npm'] as const;
export type Way = (typeof WAYS)[number];

/** The ones that work: a CDN has what is on npm. The first is recommended. */
export const waysOf = ({ isOnNpm }: Publication): readonly Way[] =>
  WAYS.filter((way) => isOnNpm || way !== 'cdn');

/** The built file that everything is made of. */
export interface Package {
  readonly version: string;
  readonly bytes: Uint8Array;
}

/** What to paste for a way. A part that cannot be made says why. */
export interface Texts {
  text: string;
  /** Why there is no text. */
  failure?: string;
  /** What a content security policy has to allow. */
  policy?: string;
  /** Why it cannot be told. */
  policyFailure?: string;
  /** The file to import into Tag Manager. */
  container?: string;
  containerFailure?: string;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Makes the texts for a way. Never throws: what cannot be made is told. */
export async function makeTexts(
  way: Way,
  { version, bytes }: Package,
  settings: WrittenSettings,
): Promise<Texts> {
  const script = new TextDecoder().decode(bytes);
  const texts: Texts = { text: '' };
  try {
    if (way === 'head') {
      texts.text = snippetHtml(script, settings);
      try {
        texts.policy = await cspHash(snippetScript(script, settings));
      } catch (error) {
        texts.policyFailure = messageOf(error);
      }
    } else if (way === 'tag-manager') {
      texts.text = tagManagerHtml(script, settings);
      try {
        texts.container = `${JSON.stringify(tagManagerContainer({ script, version, settings }), null, 2)}\n`;
      } catch (error) {
        texts.containerFailure = messageOf(error);
      }
    } else if (way === 'file') {
      texts.text = fileTag(settings);
      texts.policy = "'self'";
    } else if (way === 'cdn') {
      texts.text = cdnTag({ version, integrity: await sri(bytes), settings });
      texts.policy = /src="([^"]*)"/.exec(texts.text)?.[1] ?? '';
    } else {
      texts.text = moduleText(settings);
    }
  } catch (error) {
    texts.failure = messageOf(error);
  }
  return texts;
}
