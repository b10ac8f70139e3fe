import assert from 'node:assert/strict';
import { INSTALLATIONS } from '../installations/installations.mjs';
import { eventually } from './eventually.mjs';

const EXPECTED = [
  { kind: 'properties', name: '', properties: { '[Optimizely] checkout_redesign': 'treatment' } },
  {
    kind: 'event',
    name: 'Experiment Viewed',
    properties: {
      flag_key: 'checkout_redesign',
      variation_key: 'treatment',
      rule_key: 'checkout_redesign_test',
      enabled: true,
    },
  },
];

async function tryInstallation({ tab, site }, installation) {
  const { problems = [], decisions = { seen: 1, sent: 1 } } = await installation(site);
  await tab.visit(installation);
  await eventually(async () => {
    const calls = (await tab.calls()).map(({ kind, name, properties: { decided_at, ...properties } }) => ({
      kind,
      name,
      properties,
    }));
    assert.deepEqual(calls, EXPECTED);
    const status = await tab.status();
    assert.deepEqual({ ...status.decisions, ...decisions }, status.decisions);
    assert.deepEqual(status.problems, problems);
  });
}

/** Every kind of installation. */
export const INSTALLING = {};
for (const [group, installations] of Object.entries(INSTALLATIONS)) {
  for (const [name, installation] of Object.entries(installations)) {
    INSTALLING[`${group}: ${name}`] = (browser) => tryInstallation(browser, installation);
  }
}
