/** Makes Optimizely datafiles (version 4, the one that SDK 4 to 6 read) for the demo and the tests. */

interface Variation {
  id: string;
  key: string;
  featureEnabled: boolean;
  variables: never[];
}

interface Rule {
  id: string;
  key: string;
  layerId: string;
  status: 'Running' | 'Paused';
  audienceIds: string[];
  variations: Variation[];
  trafficAllocation: { entityId: string; endOfRange: number }[];
  forcedVariations: Record<string, string>;
}

export interface DatafileOptions {
  /** Number of plain A/B flags, `flag_001` and on, besides the five of the shop. Default 0. */
  moreFlags?: number;
  /** Whether deliveries send impressions. Default true. */
  sendFlagDecisions?: boolean;
  revision?: string;
}

/** Optimizely divides its users into 10,000 buckets. */
const BUCKETS = 10_000;
const PRO_PLAN = '7001';

export function createDatafile({
  moreFlags = 0,
  sendFlagDecisions = true,
  revision = '1',
}: DatafileOptions = {}): string {
  let ids = 1000;
  const nextId = () => String(++ids);
  const experiments: Rule[] = [];
  const rollouts: { id: string; experiments: Rule[] }[] = [];
  const featureFlags: object[] = [];

  function rule(key: string, variationKeys: string[], audienceIds: string[] = []): Rule {
    const variations = variationKeys.map(
      (variationKey): Variation => ({
        id: nextId(),
        key: variationKey,
        featureEnabled: variationKey !== 'off',
        variables: [],
      }),
    );
    return {
      id: nextId(),
      key,
      layerId: nextId(),
      status: 'Running',
      audienceIds,
      variations,
      trafficAllocation: variations.map(({ id }, index) => ({
        entityId: id,
        endOfRange: Math.round((BUCKETS * (index + 1)) / variations.length),
      })),
      forcedVariations: {},
    };
  }

  function flag(
    key: string,
    { experiment, deliveries = [] }: { experiment?: Rule; deliveries?: Rule[] },
  ): void {
    const rollout = { id: nextId(), experiments: [...deliveries, rule(`default-rollout-${key}`, ['off'])] };
    rollouts.push(rollout);
    if (experiment) experiments.push(experiment);
    featureFlags.push({
      id: nextId(),
      key,
      rolloutId: rollout.id,
      experimentIds: experiment ? [experiment.id] : [],
      variables: [],
    });
  }

  flag('checkout_redesign', { experiment: rule('checkout_redesign_test', ['control', 'treatment']) });
  flag('pricing_page', { experiment: rule('pricing_page_test', ['monthly', 'yearly', 'bundle']) });
  flag('search_ranking', { experiment: rule('search_ranking_pro', ['relevance', 'popularity'], [PRO_PLAN]) });
  flag('free_shipping_banner', { deliveries: [rule('free_shipping_everyone', ['on'])] });
  flag('loyalty_points', {});
  for (let number = 1; number <= moreFlags; number++) {
    const key = `flag_${String(number).padStart(3, '0')}`;
    flag(key, { experiment: rule(`${key}_test`, ['control', 'treatment']) });
  }

  return JSON.stringify({
    version: '4',
    projectId: '1',
    accountId: '2',
    revision,
    sdkKey: 'demo',
    environmentKey: 'demo',
    anonymizeIP: true,
    botFiltering: false,
    sendFlagDecisions,
    attributes: [{ id: '6001', key: 'plan' }],
    audiences: [],
    typedAudiences: [
      {
        id: PRO_PLAN,
        name: 'Pro plan',
        conditions: [
          'and',
          ['or', ['or', { match: 'exact', name: 'plan', type: 'custom_attribute', value: 'pro' }]],
        ],
      },
    ],
    events: [],
    groups: [],
    variables: [],
    integrations: [],
    holdouts: [],
    experiments,
    rollouts,
    featureFlags,
  });
}
