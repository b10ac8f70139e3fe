// Runs in every page before anything else: it writes down which decisions the page made in which session, apart from
// whoever forwards them, and has what the pages' own code needs.
{
  const STORED = 'fidelity-ledger';
  const END = 'fidelity-end';

  const read = () => JSON.parse(localStorage.getItem(STORED) || '[]');
  const append = (entries) => localStorage.setItem(STORED, JSON.stringify(read().concat(entries)));

  /** Tells the loads of pages from each other; one that is gone back to is the same. */
  const page = Math.random();
  let double;
  Object.defineProperty(window, 'fullstoryDouble', {
    get: () => double,
    set(value) {
      double = value;
      window.FS('observe', {
        type: 'start',
        callback: ({ sessionUrl }) => append([{ at: Date.now(), page, started: sessionUrl }]),
      });
    },
  });

  /** Writes down an Optimizely decision, many by flag, or many from a server. */
  function note(decisions, user) {
    const all = 'flagKey' in decisions ? [decisions] : Object.values(decisions);
    append(
      all.map((decision) => ({
        at: Date.now(),
        page,
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

  /** Waits until FullStory has that many events, or time enough has passed. */
  function arrived(count) {
    return new Promise((resolve) => {
      const began = Date.now();
      const wait = setInterval(() => {
        const events = double?.calls.filter(({ kind }) => kind === 'event') ?? [];
        if (events.length < count && Date.now() - began < 3000) return;
        clearInterval(wait);
        resolve();
      }, 20);
    });
  }

  const look = () => ({
    ledger: read(),
    calls: double?.calls ?? [],
    status: window.optimizelyFullStory?.status(),
  });

  /** A page that drives itself has come to its end, or to something that makes it useless. */
  const end = (failure) => localStorage.setItem(END, JSON.stringify({ ...look(), failure }));

  Object.assign(window, {
    arrived,
    end,
    hasEnded: () => END in localStorage,
    /** What there is to account for, in the end. */
    collect: () => JSON.parse(localStorage.getItem(END)) ?? look(),
    note,
    forward,
    create: (options) => optimizelySdk.createInstance(clientConfig(options)),
    visitor: (client, id = 'ada') => client.createUserContext(id, { plan: 'pro' }),
  });
}
