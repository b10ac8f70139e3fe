import type { PageScript } from '../install/scripts.ts';
import type { WrittenSettings } from '../install/written-settings.ts';
import { inputOf } from './setup-fields.ts';
import { previewDecision, sampleDecision } from './setup-preview.ts';
import { create, find, setText, withBreaks } from './view/dom.ts';

/** A name within FullStory's documented rule. */
const PLAIN_NAME = 'optimizely_{flag}';
/**
 * What Amplitude's charts call the event `$exposure`
 * (https://amplitude.com/docs/feature-experiment/under-the-hood/event-tracking).
 */
const EXPOSURE_IN_CHARTS = '[Experiment] Exposure';

function createOffer(): HTMLButtonElement {
  const button = create('button', '', `Use ${PLAIN_NAME}`);
  button.type = 'button';
  button.addEventListener('click', () => {
    const input = inputOf('propertyName');
    input.value = PLAIN_NAME;
    // The button disappears.
    input.focus();
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  return button;
}

function showPairs(list: HTMLElement, pairs: Record<string, unknown>): void {
  const rows = Object.entries(pairs).map(([name, value]) =>
    create('div', '', create('dt', '', ...withBreaks(name)), create('dd', '', ...withBreaks(String(value)))),
  );
  list.replaceChildren(...rows);
  list.hidden = !rows.length;
}

/** Shows the calls for a decision, and a warning if FullStory may drop the name of the user property. */
export function showPreview(
  settings: WrittenSettings,
  { title, hasFullStory, hasAmplitude }: PageScript,
): void {
  setText(find('#preview-title'), `In ${title}`);
  const flagKey = find<HTMLInputElement>('#sample').value;
  const decision = sampleDecision(flagKey, find<HTMLInputElement>('#sample-enabled').checked);
  const { properties, event, isIgnored, isOutsideRule } = previewDecision(
    settings,
    decision,
    hasFullStory ? 'FullStory' : 'Amplitude',
  );
  showPairs(find('#preview-properties'), properties);
  find('#preview-no-properties').hidden = Object.keys(properties).length > 0;
  setText(find('#preview-event'), event?.name ?? '');
  showPairs(find('#preview-event-properties'), event?.properties ?? {});
  find('#preview-no-event').hidden = !!event;
  // With both destinations, Amplitude's event may differ.
  const inAmplitude = hasAmplitude ? previewDecision(settings, decision, 'Amplitude').event : undefined;
  const isAnother = hasFullStory && inAmplitude?.name !== event?.name;
  find('#preview-amplitude').hidden = !inAmplitude || !isAnother;
  setText(find('#preview-event-title'), inAmplitude && isAnother ? 'Event in FullStory' : 'Event');
  setText(find('#preview-amplitude-event'), inAmplitude?.name ?? '');
  showPairs(find('#preview-amplitude-properties'), inAmplitude?.properties ?? {});
  find('#check-amplitude').hidden = !inAmplitude;
  const shownAs = inAmplitude?.name === '$exposure' ? EXPOSURE_IN_CHARTS : inAmplitude?.name;
  setText(find('#check-event'), shownAs ?? '');

  const notes: string[] = [];
  if (isIgnored) {
    notes.push(flagKey ? 'The settings leave this flag out.' : 'A decision without a flag key is left out.');
  }
  if (settings.beforeSend && !isIgnored) {
    notes.push(`${settings.beforeSend} gets this event. It may change it, or leave the decision out.`);
  }
  if (settings.impressionsOnly && !isIgnored) {
    notes.push('Decisions for which Optimizely dispatches no impression are left out.');
  }
  if (settings['amplitude.exposure'] && !isIgnored) {
    notes.push(
      '$exposure is Amplitude’s own event. By its documentation, it does not count as event volume.',
    );
  }
  setText(find('#preview-note'), notes.join(' '));
  find('#preview-note').hidden = !notes.length;

  const isOfferOutside = previewDecision({ ...settings, propertyName: PLAIN_NAME }, decision).isOutsideRule;
  const isUid = isOutsideRule && !Object.keys(properties).length;
  const warnings: (Node | string)[] = [];
  if (isUid) {
    warnings.push(
      'A user property named uid would identify the user, so the script does not send it. Events are not affected. ',
    );
  } else if (isOutsideRule) {
    const rule =
      'FullStory’s documented rule (a letter first, then letters, digits, _ and -). FullStory may drop it. ';
    warnings.push(
      isOfferOutside
        ? `With this flag’s key, the name is outside ${rule}`
        : `The name of the user property is outside ${rule}Look for it under Settings → Data Management → Properties in FullStory. If it is not there, use a name within the rule. Snippet 1.3 removes all other characters. Events are not affected. `,
    );
  }
  if (isOutsideRule && !isOfferOutside) warnings.push(createOffer());
  // Only FullStory shows whether it keeps the name, so the warning is part of the check.
  const isDoubt = isOutsideRule && hasFullStory;
  const doubt = find('#name-doubt');
  const text = warnings.map((part) => (typeof part === 'string' ? part : part.textContent)).join('');
  doubt.hidden = !isDoubt;
  if (doubt.textContent !== text) doubt.replaceChildren(...warnings);
}
