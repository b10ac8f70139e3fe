import { expect, it } from 'vitest';
import { camelCase } from './camel-case.ts';

it.each([
  ['flag_key', 'flagKey'],
  ['decision_event_dispatched', 'decisionEventDispatched'],
  ['flagKey', 'flagKey'],
  ['enabled', 'enabled'],
  ['ends_', 'ends_'],
  ['', ''],
])('writes %j as %j', (written, expected) => {
  expect(camelCase(written)).toBe(expected);
});
