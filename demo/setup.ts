import { installCommand } from '../install/module.ts';
import { PACKAGE_FILE, PUBLICATION } from '../install/publication.ts';
import type { PageScript, Target } from '../install/scripts.ts';
import { version } from '../src/version.ts';
import { fetchInspector } from './inspector.ts';
import { form, radios, readAddress, readChoice, writeAddress } from './setup-answers.ts';
import { type Installation, installationsFor, type Where } from './setup-choices.ts';
import { forgetCopied, startCopying } from './setup-copy.ts';
import { createGroup, idOf, inputOf, readForm, setNote, writeField } from './setup-fields.ts';
import { fetchScripts } from './setup-files.ts';
import { showPreview } from './setup-preview-panel.ts';
import {
  DEFAULTS,
  FIELDS,
  type Field,
  GROUPS,
  hasSetting,
  isUnlikelyGlobal,
  readFields,
  type Written,
} from './setup-settings.ts';
import { type Choice, makeTexts, type Package, type Texts } from './setup-texts.ts';
import { create, find, setText } from './view/dom.ts';

/** Ms without typing before the address is updated: browsers refuse to change it with each key. */
const PAUSE_IN_TYPING = 250;
/** Ms after which a browser has certainly read a file that it saves. */
const SAVED_WITHIN = 60_000;

const TEXT_LABELS: Record<Installation, string> = {
  head: 'Into the head of each page',
  'tag-manager': 'Into a Custom HTML tag',
  async: 'Into the head of each page',
  file: 'Into the head of each page',
  cdn: 'Into the head of each page',
  npm: 'Into the app’s code',
};

function showTexts({ installation, where }: Choice, texts: Texts): void {
  const lines = find<HTMLTextAreaElement>('#lines');
  lines.value = texts.lines ?? '';
  lines.rows = lines.value.trimEnd().split('\n').length;
  find('#lines-block').hidden = !texts.lines;
  setText(
    find('#lines-label'),
    where === 'server' ? 'And into the page that the server renders' : 'And these lines into the app’s code',
  );
  setText(
    find('#lines-note'),
    where === 'server'
      ? 'Let the server write its decisions and the user’s id into it.'
      : 'After the line that creates client, your Optimizely client.',
  );
  setText(find('#text-label'), TEXT_LABELS[installation]);
  find<HTMLTextAreaElement>('#text').value = texts.text;
  find<HTMLTextAreaElement>('#text').rows = ['npm', 'cdn', 'file'].includes(installation)
    ? Math.max(3, texts.text.trimEnd().split('\n').length)
    : 4;
  setText(find('#text-size'), `${texts.text.length.toLocaleString('en')} characters`);
  const policy = find<HTMLTextAreaElement>('#policy');
  policy.value = texts.policy ?? '';
  policy.hidden = !texts.policy;
  find('[data-copy="policy"]').hidden = !texts.policy;
  for (const [id, failure] of [
    ['#policy-failure', texts.policyFailure],
    ['#container-failure', texts.containerFailure],
  ] as const) {
    setText(find(id), failure ? `${failure}.` : '');
    find(id).hidden = !failure;
  }
  find('#download').hidden = !texts.container;
}

function showWrong(wrong: Map<string, string>, failure?: string): void {
  const box = find('#wrong');
  const items = FIELDS.filter(({ name }) => wrong.has(name)).map(({ name, label }) => {
    const link = Object.assign(create('a', '', label), { href: `#${idOf(name)}` });
    link.addEventListener('click', (event) => {
      event.preventDefault();
      goToField(name);
    });
    return create('li', '', link);
  });
  box.hidden = !items.length && !failure;
  if (failure) box.replaceChildren(`${failure}.`);
  else if (items.length) {
    box.replaceChildren('There is no text yet. These settings are wrong:', create('ul', '', ...items));
  }
  find('#texts').hidden = !box.hidden;
}

function showNotes(
  written: Written,
  wrong: Map<string, string>,
  isAsked: (field: Field) => boolean,
  { title, hasAmplitude }: PageScript,
): void {
  const isExposure = hasAmplitude && !!written['amplitude.exposure'];
  for (const field of FIELDS) {
    const { name, isGlobal } = field;
    find(`[id="${idOf(name)}-field"]`).hidden = !isAsked(field);
    const message = wrong.get(name);
    if (message) setNote(name, true, message);
    else if (isGlobal && isUnlikelyGlobal(String(written[name] ?? ''))) {
      setNote(name, false, 'This does not look like the name of a global, such as shop.name.');
    } else if (name === 'eventName' && !written.propertyName && !written.eventName && !isExposure) {
      setNote(name, false, `Without a user property and an event, nothing reaches ${title}.`);
    } else if (name !== 'propertyName') setNote(name, false);
  }
}

/** Shows each part of the page that is for some choices only, if the chosen one is among them. */
function showFor(question: 'installations' | 'where' | 'to', chosen: string): void {
  for (const element of document.querySelectorAll<HTMLElement>(`[data-${question}]`)) {
    element.hidden = !element.dataset[question]?.split(' ').includes(chosen);
  }
}

function showChanges(written: Written, isAsked: (field: Field) => boolean): void {
  const marks = document.querySelectorAll<HTMLElement>('#settings summary .changed');
  const isChanged = (field: Field) => isAsked(field) && written[field.name] !== DEFAULTS[field.name];
  GROUPS.forEach(({ fields }, index) => {
    const changed = fields.filter(isChanged).length;
    const mark = marks[index] as HTMLElement;
    setText(mark, changed ? `${changed} changed` : '');
    mark.hidden = !changed;
  });
  const changed = FIELDS.filter(isChanged).length;
  find('#reset').hidden = !changed;
  find('#changed').hidden = !changed;
  setText(find('#changed'), changed ? `${changed} changed` : '');
}

function goToField(name: string): void {
  const input = inputOf(name);
  for (let at = input.closest('details'); at; at = at.parentElement?.closest('details') ?? null)
    at.open = true;
  input.focus();
}

function start(files: Readonly<Record<Target, Package>>): void {
  /** The latest texts, perhaps still in work. */
  let pending: Promise<Texts> = Promise.resolve({ text: '' });
  let addressTimer: ReturnType<typeof setTimeout> | undefined;

  function update(): void {
    const choice = readChoice();
    const { installation, pageScript, where } = choice;
    const written = readForm();
    // An app that bundles the SDK connects its client itself.
    const isAsked = ({ name }: Field) =>
      (installation !== 'npm' || name !== 'client') && hasSetting(pageScript, name);
    const asked = Object.fromEntries(FIELDS.filter(isAsked).map(({ name }) => [name, written[name] ?? '']));
    const { settings, wrong } = readFields(asked);

    showFor('installations', installation);
    showFor('where', where);
    showFor('to', pageScript.target);
    const offered = installationsFor(where, PUBLICATION);
    for (const input of document.querySelectorAll<HTMLInputElement>('input[name="installation"]')) {
      const label = input.closest('label') as HTMLElement;
      label.hidden = !offered.includes(input.value as Installation);
      (label.querySelector('.tag') as HTMLElement).hidden = input.value !== offered[0];
    }
    GROUPS.forEach(({ fields }, index) => {
      (document.querySelectorAll<HTMLElement>('#settings > details')[index] as HTMLElement).hidden =
        !fields.some(isAsked);
    });
    for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-script]')) {
      link.href = `dist/${pageScript.file}`;
      setText(link, pageScript.file);
    }
    for (const title of document.querySelectorAll('[data-title]')) setText(title, pageScript.title);
    find<HTMLTextAreaElement>('#check-text').value = `${pageScript.global}.status()`;
    find<HTMLAnchorElement>('#playground').href = pageScript.hasAmplitude ? './?amplitude' : './';
    showPreview(settings, pageScript);
    showNotes(written, wrong, isAsked, pageScript);
    showChanges(written, isAsked);
    forgetCopied();

    clearTimeout(addressTimer);
    addressTimer = setTimeout(() => writeAddress(choice, written), PAUSE_IN_TYPING);
    const current = wrong.size
      ? Promise.resolve({ text: '' })
      : makeTexts(choice, files[pageScript.target], settings);
    pending = current;
    void current.then((texts: Texts) => {
      // The user has typed since: a later call has the texts.
      if (current !== pending) return;
      showTexts(choice, texts);
      showWrong(wrong, texts.failure);
    });
  }

  async function download(): Promise<void> {
    const { container = '' } = await pending;
    const link = create('a');
    link.href = URL.createObjectURL(new Blob([container], { type: 'application/json' }));
    link.download = `${readChoice().pageScript.file.replace('.min.js', '')}-container.json`;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), SAVED_WITHIN);
  }

  for (const element of document.querySelectorAll<HTMLElement>('[data-published]')) {
    element.hidden = String(PUBLICATION.isOnNpm) !== element.dataset.published;
  }
  find<HTMLAnchorElement>('#package-file').href = PACKAGE_FILE;
  setText(find('#package-file'), PACKAGE_FILE);
  find('#settings').append(...GROUPS.map(createGroup));
  readAddress();
  for (const [index, { fields }] of GROUPS.entries()) {
    const details = document.querySelectorAll<HTMLDetailsElement>('#settings > details')[index];
    const written = readForm();
    if (details && fields.some(({ name }) => written[name] !== DEFAULTS[name])) {
      details.open = true;
      find<HTMLDetailsElement>('#settings-fold').open = true;
    }
  }
  form.addEventListener('input', ({ target }) => {
    // Each answer has its own recommended installation.
    if (target instanceof HTMLInputElement && target.name === 'where') {
      radios('installation').value = installationsFor(target.value as Where, PUBLICATION)[0] as Installation;
    }
    update();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', ({ newURL }) => {
    // `writeAddress` may have replaced the new address before this event comes.
    const { hash } = new URL(newURL);
    if (!hash.includes('=')) return;
    readAddress(hash);
    update();
  });
  startCopying(() => pending);
  find('#download').addEventListener('click', () => void download());
  find('#reset').addEventListener('click', () => {
    for (const field of FIELDS) writeField(field, DEFAULTS[field.name] ?? '');
    update();
    // The button disappears.
    find('#settings-fold > summary').focus();
  });
  find<HTMLTextAreaElement>('#install-command').value = installCommand(PUBLICATION);
  setText(find('#version'), version);
  update();
}

/** Offers the inspector as a bookmark. */
async function offerInspector(): Promise<void> {
  const address = await fetchInspector();
  const link = find<HTMLAnchorElement>('#bookmark');
  link.href = address;
  link.addEventListener('click', (event) => {
    event.preventDefault();
    find('#bookmark-said').hidden = false;
    setText(
      find('#bookmark-said'),
      'This button works as a bookmark on your own page. Drag it into the bookmarks bar. If there is none, as on a phone, copy the text below.',
    );
  });
  find<HTMLTextAreaElement>('#bookmark-text').value = address;
  find('#inspector').hidden = false;
}

offerInspector().catch((error: unknown) => console.warn(error));

fetchScripts()
  .then(start)
  .catch((error: unknown) => {
    const failure = find('#failure');
    failure.textContent = error instanceof Error ? error.message : String(error);
    failure.hidden = false;
    for (const part of document.querySelectorAll<HTMLElement>('main > :not(#failure)')) part.hidden = true;
  });
