/**
 * The forms of Tag Manager that docs/tag-manager.md fills in, drawn by us: the fields that it speaks of, and what to choose.
 */
const FORMS = [
  {
    picture: 'tag-manager-import',
    path: ['Admin', 'Import Container'],
    fields: [
      { label: 'Select file to import', value: 'gtm-container.json' },
      { label: 'Choose workspace', options: ['New', 'Existing'], chosen: 'Existing' },
      { label: 'Choose an import option', options: ['Overwrite', 'Merge'], chosen: 'Merge' },
      {
        label: 'If names are the same',
        options: ['Overwrite conflicting', 'Rename conflicting'],
        chosen: 'Rename conflicting',
      },
    ],
    button: 'Confirm',
  },
  {
    picture: 'tag-manager-by-hand',
    path: ['Tags', 'New'],
    fields: [
      { label: 'Name', value: 'Optimizely FullStory' },
      { label: 'Tag type', value: 'Custom HTML' },
      { label: 'HTML', code: '<script>!function(){…}();</script>', note: 'the text of dist/gtm.html' },
      { label: 'Support document.write', options: ['on', 'off'], chosen: 'off' },
      {
        label: 'Advanced Settings: Tag firing options',
        options: ['Unlimited', 'Once per event', 'Once per page'],
        chosen: 'Once per page',
      },
      { label: 'Triggering', value: 'Initialization - All Pages' },
    ],
    button: 'Save',
  },
];

/** Names of the pictures that are made of forms. */
export const FORM_PICTURES = FORMS.map(({ picture }) => picture);

const escapeHtml = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
  body { width: 640px; padding: 0; background: var(--page); }
  section { padding: 20px 24px 16px; }
  .path { margin-bottom: 12px; font-size: 1.125rem; font-weight: 600; }
  .path span + span::before { content: " → "; color: var(--quiet); font-weight: 400; }
  dl { border: 1px solid var(--line); border-radius: var(--radius); background: var(--card); }
  dl div { display: grid; grid-template-columns: 210px 1fr; gap: 16px; align-items: center; padding: 10px 16px; }
  dl div + div { border-top: 1px solid var(--line); }
  dt { color: var(--quiet); font-size: 0.9375rem; }
  dd { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; }
  .value { padding: 4px 12px; border: 1px solid var(--edge); border-radius: 8px; }
  .option { color: var(--quiet); }
  .option::before { content: "○ "; }
  .chosen { padding: 4px 12px; border-radius: 8px; background: var(--accent-back); color: var(--accent-strong); font-weight: 600; }
  .chosen::before { content: "● "; }
  .note, .drawn { color: var(--quiet); font-size: 0.8125rem; }
  .end { display: flex; align-items: center; justify-content: space-between; margin-top: 12px; }
  .end b { padding: 6px 18px; border-radius: 8px; background: var(--accent); color: var(--on-accent); }`;

function drawField({ label, value, code, note, options = [], chosen }) {
  const parts = [
    value && `<span class="value">${escapeHtml(value)}</span>`,
    code && `<code class="value">${escapeHtml(code)}</code>`,
    note && `<span class="note">${escapeHtml(note)}</span>`,
    ...options.map(
      (option) => `<span class="${option === chosen ? 'chosen' : 'option'}">${escapeHtml(option)}</span>`,
    ),
  ];
  return `<div><dt>${escapeHtml(label)}</dt><dd>${parts.filter(Boolean).join('')}</dd></div>`;
}

function drawForm({ picture, path, fields, button }) {
  return `<section id="${picture}">
    <p class="path">${path.map((step) => `<span>${step}</span>`).join('')}</p>
    <dl>${fields.map(drawField).join('')}</dl>
    <p class="end"><span class="drawn">A drawing of Tag Manager’s form, not a picture of it.</span> <b>${button}</b></p>
  </section>`;
}

/**
 * A page with each form as an element of its picture's name.
 *
 * @param {string} shared the style sheet that all our pages share.
 */
export function drawForms(shared) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><style>${shared}${STYLE}</style>${FORMS.map(drawForm).join('')}</html>`;
}
