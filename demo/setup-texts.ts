import { cspHash, sri } from '../install/integrity.ts';
import { moduleText } from '../install/module.ts';
import type { Publication } from '../install/publication.ts';
import { snippetHtml, snippetScript } from '../install/snippet.ts';
import { cdnTag, fileTag } from '../install/tag.ts';
import { tagManagerHtml } from '../install/tag-manager.ts';
import { tagManagerContainer } from '../install/tag-manager-container.ts';
import type { WrittenSettings } from '../install/written-settings.ts';

/** How the bridge gets onto the page. */
export const INSTALLATION_KINDS = ['head', 'tag-manager', 'file', 'cdn', 'npm'] as const;
export type Installation = (typeof INSTALLATION_KINDS)[number];

/** The ones that work: a CDN has what is on npm. The first is recommended. */
export const installationsOf = ({ isOnNpm }: Publication): readonly Installation[] =>
  INSTALLATION_KINDS.filter((kind) => isOnNpm || kind !== 'cdn');

/** The built file that everything is made of. */
export interface Package {
  readonly version: string;
  readonly bytes: Uint8Array;
}

/** What to paste for an installation. A part that cannot be made says why. */
export interface Texts {
  text: string;
  /** Why there is no text. */
  failure?: string;
  /** What a content security policy has to allow. */
  policy?: string;
  /** Why it cannot be shown. */
  policyFailure?: string;
  /** The file to import into Tag Manager. */
  container?: string;
  containerFailure?: string;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Makes the texts for an installation. Never throws: what cannot be made says why. */
export async function makeTexts(
  installation: Installation,
  { version, bytes }: Package,
  settings: WrittenSettings,
): Promise<Texts> {
  const script = new TextDecoder().decode(bytes);
  const texts: Texts = { text: '' };
  try {
    if (installation === 'head') {
      texts.text = snippetHtml(script, settings);
      try {
        texts.policy = await cspHash(snippetScript(script, settings));
      } catch (error) {
        texts.policyFailure = messageOf(error);
      }
    } else if (installation === 'tag-manager') {
      texts.text = tagManagerHtml(script, settings);
      try {
        texts.container = `${JSON.stringify(tagManagerContainer({ script, version, settings }), null, 2)}\n`;
      } catch (error) {
        texts.containerFailure = messageOf(error);
      }
    } else if (installation === 'file') {
      texts.text = fileTag(settings);
      texts.policy = "'self'";
    } else if (installation === 'cdn') {
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
