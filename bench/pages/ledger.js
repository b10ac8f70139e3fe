// Runs in every page before anything else: it writes down which decisions the page made in which session, apart from
// whoever forwards them, and has what the pages' own code needs.
{
  const STORED = 'fidelity-ledger';

  const read = () => JSON.parse(localStorage.getItem(STORED) || '[]');
  const append = (entries) => localStorage.setItem(STORED, JSON.stringify(read().concat(entries)));

  let double;
  Object.defineProperty(window, 'fullstoryDouble', {
    get: () => double,
    set(value) {
      double = value;
      window.FS('observe', {
        type: 'start',
        callback: ({ sessionUrl }) => append([{ started: sessionUrl }]),
      });
    },
  });

  /** Writes down an Optimizely decision, many by flag, or many from a server. */
  function note(decisions, user) {
    const all = 'flagKey' in decisions ? [decisions] : Object.values(decisions);
    append(
      all.map((decision) => ({
        session: double?.session() ?? null,
        user: user ?? decision.userContext.getUserId(),
        flag: decision.flagKey ?? decision.flag_key,
        variation: decision.variationKey ?? decision.variation_key ?? null,
        rule: decision.ruleKey ?? decision.rule_key ?? null,
        enabled: decision.enabled,
      })),
    );
  }

  /** Hands a client to the recipe. The bridge finds it by itself. */
  function forward(client) {
    window.recipe?.(client);
    return client;
  }

  Object.assign(window, {
    readLedger: read,
    note,
    forward,
    create: (options) => optimizelySdk.createInstance(clientConfig(options)),
    visitor: (client, id = 'ada') => client.createUserContext(id, { plan: 'pro' }),
  });
}
