/**
 * The name of FullStory's global at this moment: the site's own setting, what the snippets 1.3 and 2.0 read
 * (`_fs_namespace`), what snippet 2.1 writes on its script tag, else `FS`.
 */
export function findNamespace(setting: string): string {
  if (typeof window === 'undefined') return setting || 'FS';
  const { _fs_namespace: declared } = window as { _fs_namespace?: unknown };
  return (
    setting ||
    (typeof declared === 'string' && declared) ||
    document.querySelector('script[data-fs-namespace]')?.getAttribute('data-fs-namespace') ||
    'FS'
  );
}
