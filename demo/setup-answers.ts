import { PUBLICATION } from '../install/publication.ts';
import { PAGE_SCRIPTS, type Target } from '../install/scripts.ts';
import { type Installation, installationsFor, isWhere, type Where, whereOf } from './setup-choices.ts';
import { writeField } from './setup-fields.ts';
import { DEFAULTS, FIELDS, type Written } from './setup-settings.ts';
import type { Choice } from './setup-texts.ts';
import { find } from './view/dom.ts';

/** The form with all answers and settings. */
export const form = find<HTMLFormElement>('#form');
/** The radio buttons of a question. */
export const radios = (name: string) => form.elements.namedItem(name) as RadioNodeList;

/** The current choice. If the first answer does not offer the chosen installation, it is the recommended one. */
export function readChoice(): Choice {
  const where = radios('where').value as Where;
  const offered = installationsFor(where, PUBLICATION);
  const written = radios('installation').value as Installation;
  const installation = offered.includes(written) ? written : (offered[0] as Installation);
  radios('installation').value = installation;
  return { where, installation, pageScript: PAGE_SCRIPTS[radios('to').value as Target] };
}

/** The choices are in the address, so they survive a reload and can be shared. */
export function readAddress(hash = location.hash): void {
  const parameters = new URLSearchParams(hash.slice(1));
  const installation = parameters.get('installation') as Installation;
  const written = parameters.get('where') ?? '';
  const where = isWhere(written) ? written : whereOf(installation);
  const offered = installationsFor(where, PUBLICATION);
  const to = parameters.get('to') ?? '';
  radios('where').value = where;
  radios('to').value = to in PAGE_SCRIPTS ? to : 'fullstory';
  radios('installation').value = offered.includes(installation) ? installation : (offered[0] as Installation);
  for (const field of FIELDS) writeField(field, parameters.get(field.name) ?? DEFAULTS[field.name] ?? '');
}

export function writeAddress({ where, installation, pageScript }: Choice, written: Written): void {
  const changed = Object.entries(written).filter(([name, value]) => value !== DEFAULTS[name]);
  const parameters = new URLSearchParams(changed.map(([name, value]) => [name, String(value)]));
  if (where !== 'script') parameters.set('where', where);
  if (pageScript.target !== 'fullstory') parameters.set('to', pageScript.target);
  if (installation !== installationsFor(where, PUBLICATION)[0]) parameters.set('installation', installation);
  // A link to a part of the page is not a choice.
  if (![...parameters].length && !location.hash.includes('=')) return;
  try {
    history.replaceState(null, '', `#${parameters}`);
  } catch {
    // Browsers refuse this if it happens too often.
  }
}
