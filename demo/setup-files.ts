import { PAGE_SCRIPTS, type Target } from '../install/scripts.ts';
import { version } from '../src/version.ts';
import type { Package } from './setup-texts.ts';

/** The file to paste, or to load from the CDN. */
async function fetchScript(name: string): Promise<Uint8Array> {
  const script = `dist/${name}`;
  const response = await fetch(script);
  if (!response.ok) throw new Error(`${script} is not there. Run “npm run build”, then reload this page.`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!new TextDecoder().decode(bytes).includes(`"${version}"`)) {
    throw new Error(`${script} is not of version ${version}. Run “npm run build”, then reload this page.`);
  }
  return bytes;
}

/** The stub has no version. */
async function fetchStub(): Promise<string> {
  const response = await fetch('dist/stub.min.js');
  if (!response.ok)
    throw new Error('dist/stub.min.js is not there. Run “npm run build”, then reload this page.');
  return response.text();
}

/** The built files for all texts, by their targets. */
export async function fetchScripts(): Promise<Record<Target, Package>> {
  const [stub, ...scripts] = await Promise.all([
    fetchStub(),
    fetchScript(PAGE_SCRIPTS.fullstory.file),
    fetchScript(PAGE_SCRIPTS.amplitude.file),
    fetchScript(PAGE_SCRIPTS['fullstory-amplitude'].file),
  ]);
  const [fullstory, amplitude, both] = scripts.map((bytes) => ({ version, bytes, stub })) as [
    Package,
    Package,
    Package,
  ];
  return { fullstory, amplitude, 'fullstory-amplitude': both };
}
