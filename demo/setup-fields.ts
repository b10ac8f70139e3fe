import { DEFAULTS, FIELDS, type Field, type GROUPS, type Written } from './setup-settings.ts';
import { create, find, withCode } from './view/dom.ts';

/** The id of a setting's control. The ids of its texts begin with this one. */
export const idOf = (name: string) => `setting-${name}`;
/** A setting's control, which is a group for a list. */
export const inputOf = (name: string) =>
  find<HTMLInputElement | HTMLSelectElement>(`[id="${idOf(name)}"]`) as HTMLInputElement;
/** The ticks of a list. */
const ticksOf = (name: string) => [...document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)];

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The control of a setting. */
function createControl({ name, kind, options = {}, label, empty }: Field): HTMLElement {
  const id = idOf(name);
  if (kind === 'list') {
    const ticks = Object.entries(options).map(([value, meaning]) => {
      const input = Object.assign(create('input'), { type: 'checkbox', name, value });
      return create(
        'label',
        'tick',
        input,
        create('span', '', create('code', '', value), ' ', create('small', '', meaning)),
      );
    });
    const group = create('div', { id, className: 'options' }, ...ticks);
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', label);
    return group;
  }
  if (kind === 'choice') {
    const choices = Object.entries(options).map(([value, text]) =>
      Object.assign(create('option', '', capitalized(text)), { value }),
    );
    return Object.assign(create('select', { id }, ...choices), { name });
  }
  const input = Object.assign(create('input', { id }), { name });
  if (kind === 'tick') input.type = 'checkbox';
  else {
    input.spellcheck = false;
    input.autocapitalize = 'off';
    input.placeholder = empty ?? '';
    if (/^\d+$/.test(String(DEFAULTS[name]))) {
      input.inputMode = 'numeric';
      input.className = 'number';
    }
  }
  return input;
}

/** The description of a setting: its meaning, the meaning of an empty field, and its default. */
function describe({ name, kind, meaning, options, empty }: Field): (Node | string)[] {
  const value = DEFAULTS[name];
  const words = withCode(value && empty && kind === 'typed' ? `${meaning} Empty: ${empty}.` : meaning);
  if (kind === 'tick') return [...words, ` Default: ${value ? 'on' : 'off'}.`];
  if (!value) return [...words, ` Default: ${empty}.`];
  if (kind === 'choice') return [...words, ` Default: ${options?.[String(value)]}.`];
  return [...words, ' Default: ', create('code', '', String(value)), '.'];
}

function createField(field: Field): HTMLElement {
  const { name, kind, label } = field;
  const id = idOf(name);
  const control = createControl(field);
  control.setAttribute('aria-describedby', `${id}-sentence ${id}-note`);
  const title = create(
    kind === 'list' ? 'div' : 'label',
    { className: 'field-title' },
    label,
    ' ',
    create('code', '', name),
  );
  if (title instanceof HTMLLabelElement) title.htmlFor = id;
  return create(
    'div',
    { className: kind === 'tick' ? 'field ticked' : 'field', id: `${id}-field` },
    ...(kind === 'tick' ? [control, title] : [title, control]),
    create('p', { className: 'sentence', id: `${id}-sentence` }, ...describe(field)),
    create('div', { className: 'notice', id: `${id}-note`, hidden: true }),
  );
}

/** Settings that belong together, under a title that opens and closes them. */
export function createGroup({ title, isOpen, fields }: (typeof GROUPS)[number]): HTMLElement {
  const details = create(
    'details',
    '',
    create('summary', '', title, create('span', { className: 'changed', hidden: true })),
    create('div', 'fields', ...fields.map(createField)),
  );
  details.open = !!isOpen;
  return details;
}

/** The current values of the fields. */
export function readForm(): Written {
  return Object.fromEntries(
    FIELDS.map(({ name, kind }) => {
      if (kind === 'tick') return [name, inputOf(name).checked];
      if (kind !== 'list') return [name, inputOf(name).value];
      const ticked = ticksOf(name).filter(({ checked }) => checked);
      return [name, ticked.map(({ value }) => value).join(', ')];
    }),
  );
}

/** Puts a value into a field. A choice accepts only its options. */
export function writeField({ name, kind }: Field, value: string | boolean): void {
  if (kind === 'tick') inputOf(name).checked = value === true || value === 'true';
  else if (kind === 'list') {
    const values = String(value).split(/\s*,\s*/);
    for (const tick of ticksOf(name)) tick.checked = values.includes(tick.value);
  } else if (
    kind !== 'choice' ||
    [...inputOf(name).children].some((option) => option.getAttribute('value') === value)
  ) {
    inputOf(name).value = String(value);
  }
}

/** Shows a note about a setting. Without content, it is hidden. */
export function setNote(name: string, isWrong: boolean, ...content: (Node | string)[]): void {
  const note = find(`[id="${idOf(name)}-note"]`);
  const text = content.map((part) => (typeof part === 'string' ? part : part.textContent)).join('');
  note.classList.toggle('bad', isWrong);
  note.hidden = !content.length;
  if (note.textContent !== text) note.replaceChildren(...content);
  if (isWrong) inputOf(name).setAttribute('aria-invalid', 'true');
  else inputOf(name).removeAttribute('aria-invalid');
}
