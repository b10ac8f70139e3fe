import { expect, test } from 'vitest';
import { previewDecision, sampleDecision } from './setup-preview.ts';

const decision = sampleDecision('checkout_redesign', true);

test('Amplitude gets the same names as FullStory', () => {
  expect(previewDecision({}, decision, 'Amplitude')).toMatchObject({
    properties: { '[Optimizely] checkout_redesign': 'treatment' },
    event: {
      name: 'Experiment Viewed',
      properties: { flag_key: 'checkout_redesign', variation_key: 'treatment', enabled: true },
    },
  });
});

test('only Amplitude gets its own exposure event', () => {
  const settings = { 'amplitude.exposure': true };
  expect(previewDecision(settings, decision, 'Amplitude').event).toEqual({
    name: '$exposure',
    properties: {
      flag_key: 'checkout_redesign',
      variant: 'treatment',
      experiment_key: 'checkout_redesign_test',
    },
  });
  expect(previewDecision(settings, decision).event?.name).toBe('Experiment Viewed');
});

test('decisions that the settings leave out do not reach Amplitude', () => {
  const preview = previewDecision({ flags: 'pricing_*' }, decision, 'Amplitude');
  expect(preview).toEqual({ properties: {}, isIgnored: true, isOutsideRule: false });
});
