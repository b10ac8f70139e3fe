/** The tab of a fresh browser, driven by Amplitude's fidelity run. */
export interface AmplitudeVisit {
  /** The address of uploads. */
  readonly serverUrl: string;
  /** Opens a page with Optimizely, Amplitude and the script or recipe; nothing has begun on it. */
  open(): Promise<void>;
  evaluate<Given>(code: (given: Given) => unknown, given?: Given): Promise<unknown>;
  /** Ms of real time. */
  pass(ms: number): Promise<void>;
}

/** A situation of a page with Amplitude, as the fidelity run plays it. */
export interface AmplitudeSituation {
  id: string;
  name: string;
  run(visit: AmplitudeVisit): Promise<void>;
}

const FIVE = [
  'checkout_redesign',
  'pricing_page',
  'search_ranking',
  'free_shipping_banner',
  'loyalty_points',
];

async function begin({ open, evaluate, serverUrl }: AmplitudeVisit): Promise<void> {
  await open();
  await evaluate((url) => amplitudePage.init(url), serverUrl);
  await evaluate(() => amplitudePage.create());
}

async function beginAndDecide(visit: AmplitudeVisit): Promise<void> {
  await begin(visit);
  await visit.evaluate((flags) => amplitudePage.decide(flags), FIVE);
  await visit.pass(300);
}

export const AMPLITUDE_SITUATIONS: readonly AmplitudeSituation[] = [
  { id: 'healthy', name: 'a healthy page', run: beginAndDecide },
  {
    id: 'next-line',
    name: 'decided on the line after createInstance()',
    async run({ open, evaluate, serverUrl }) {
      await open();
      await evaluate((url) => amplitudePage.init(url), serverUrl);
      await evaluate((flags) => {
        const ready = amplitudePage.create();
        amplitudePage.decide(flags);
        return ready;
      }, FIVE);
    },
  },
  {
    id: 'init-late',
    name: 'init comes 1.5 s after the decisions',
    async run({ open, evaluate, serverUrl, pass }) {
      await open();
      await evaluate(() => amplitudePage.create());
      await evaluate((flags) => amplitudePage.decide(flags), FIVE);
      await pass(1500);
      await evaluate((url) => amplitudePage.init(url), serverUrl);
    },
  },
  {
    id: 'same-task',
    name: 'decided, and another user signs in in the same task',
    async run(visit) {
      await begin(visit);
      await visit.evaluate((flags) => {
        amplitudePage.decide(flags);
        amplitudePage.signIn('visitor-grace');
      }, FIVE);
    },
  },
  {
    id: 'sign-in',
    name: 'another user signs in later',
    async run(visit) {
      await beginAndDecide(visit);
      await visit.evaluate(() => amplitudePage.signIn('visitor-grace'));
    },
  },
  {
    id: 'same-20',
    name: 'the page decides the same 20 times',
    async run(visit) {
      await begin(visit);
      await visit.evaluate((flags) => {
        for (let times = 0; times < 20; times++) amplitudePage.decide(flags);
      }, FIVE);
    },
  },
  {
    id: 'same-session',
    name: 'the next page of the session decides the same',
    async run(visit) {
      await beginAndDecide(visit);
      await visit.pass(1500);
      await beginAndDecide(visit);
    },
  },
  {
    id: 'opt-out',
    name: 'opted out, decided, opted in',
    async run(visit) {
      await begin(visit);
      await visit.evaluate((flags) => {
        amplitudePage.setOptOut(true);
        amplitudePage.decide(flags);
      }, FIVE);
      await visit.pass(1000);
      await visit.evaluate(() => amplitudePage.setOptOut(false));
    },
  },
  {
    id: 'leave',
    name: '100 flags, and the page is left after 30 ms; another follows',
    async run(visit) {
      await begin(visit);
      await visit.evaluate(() => amplitudePage.decide());
      await visit.pass(30);
      await visit.open();
      await visit.evaluate((url) => amplitudePage.init(url), visit.serverUrl);
    },
  },
];
