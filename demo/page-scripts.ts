import { generateSnippetText, generateSnippetTextV1, generateSnippetTextV2 } from '@fullstory/snippet';

const SNIPPET_TEXTS: Record<string, typeof generateSnippetText> = {
  '2.1': generateSnippetText,
  '2.0': generateSnippetTextV2,
  '1.3': generateSnippetTextV1,
};

/** Inserted scripts run in the order of their insertion. */
export function addScript(url: string, attributes: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script.dataset, attributes);
    script.async = false;
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${url} is not there. Run “npm ci” and “npm run build”.`));
    document.head.append(script);
  });
}

/**
 * FullStory's own snippet, which asks for its script from here.
 *
 * @param onFailure called when the script does not load, after the snippet's own handler.
 */
export function addSnippet(version: string, namespace: string, url: string, onFailure: () => void): void {
  const { host, pathname } = new URL(url, document.baseURI);
  const text = SNIPPET_TEXTS[version]?.({
    orgId: 'DOUBLE',
    host: 'fullstory.com',
    namespace,
    script: host + pathname,
  });
  const script = document.createElement('script');
  script.textContent = text?.replace(/(["'])https:\/\//, `$1${location.protocol}//`) ?? '';
  document.head.append(script);
  // The snippet has inserted its script before all others.
  document.scripts[0]?.addEventListener('error', onFailure);
}
