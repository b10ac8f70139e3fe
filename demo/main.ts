import type * as OptimizelySdk from '@optimizely/optimizely-sdk';
import type { DestinationState } from '../src/destination.ts';
import type { DecisionCounts, Status } from '../src/status.ts';
import { createDatafile } from './datafile.ts';
import type { FullStoryDouble, ReceivedCall } from './fullstory-double.ts';

/** The globals that the page's other scripts leave. Each is missing when its script did not load. */
interface Globals {
  optimizelySdk?: typeof OptimizelySdk;
  optimizelyFullStory?: { status(): Status };
  fullstoryDouble?: FullStoryDouble;
}

/** What Optimizely last decided for a flag. */
interface Decided {
  value: string;
  at: number;
}

/** What FullStory received of a user property. */
interface Property {
  value: unknown;
  /** The call that set it, or the latest one as long as none was accepted. */
  call: ReceivedCall;
}

type User = keyof typeof USERS;
type Agreement = 'match' | 'not yet' | 'differs';

/** What either side says of a flag. */
interface Compared {
  optimizely: string;
  fullstory: string;
  agreement: Agreement;
}

const globals = window as unknown as Globals;

/** Calls received before this moment are an earlier page's. */
const startedAt = Date.now();

const USERS = {
  ada: { name: 'Ada', plan: 'free' },
  grace: { name: 'Grace', plan: 'pro' },
  linus: { name: 'Linus', plan: 'free' },
} as const;

/** Rows that a table shows at most, and properties that a row does. */
const MOST_ROWS = 200;
const MOST_PROPERTIES = 20;
const MOST_FLAGS = 2000;

const LOOK_EVERY = 500;

/** Ms after which a user property should have arrived: FullStory's limits on calls are per minute. */
const ARRIVES_WITHIN = 65_000;

const COUNTS: readonly (keyof DecisionCounts)[] = [
  'seen',
  'sent',
  'duplicate',
  'ignored',
  'waiting',
  'dropped',
];

const MEANINGS: Record<DestinationState, string> = {
  absent: 'FullStory’s snippet is not on the page.',
  loading: 'FullStory’s script is loading. Decisions are kept meanwhile.',
  blocked: 'FullStory’s script did not load. Decisions are kept.',
  waiting: 'FullStory is there, but captures nothing yet. Decisions are kept meanwhile.',
  capturing: 'A session runs, and decisions are sent to it.',
  refused: 'FullStory declined to capture this page. Decisions are kept.',
};

function find<Type extends HTMLElement = HTMLElement>(selector: string, within: ParentNode = document): Type {
  const element = within.querySelector<Type>(selector);
  if (!element) throw new Error(`The page has no ${selector}`);
  return element;
}

/** Leaves the document alone when nothing changed: selections stay, and nothing is read out again. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function setAttribute(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/** A key that may be broken after an underscore, so that narrow columns hold it. */
function createKey(key: string): HTMLElement {
  const code = create('code');
  for (const part of key.split(/(?<=_)/)) code.append(part, create('wbr'));
  return code;
}

function setTime(time: HTMLElement, at: number): void {
  const date = new Date(at);
  setText(time, date.toLocaleTimeString('en-GB'));
  setAttribute(time, 'datetime', date.toISOString());
}

function createTime(at: number): HTMLTableCellElement {
  const time = create('time');
  setTime(time, at);
  return create('td', 'time', time);
}

function plural(count: number, noun: string): string {
  const nouns = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count} ${count === 1 ? noun : nouns}`;
}

/** "5 events", or "newest 200 of 1000 events". */
function countOf(total: number, noun: string, which: string): string {
  return (total > MOST_ROWS ? `${which} ${MOST_ROWS} of ` : '') + plural(total, noun);
}

function showCount(panel: HTMLElement, total: number, text: string): void {
  setText(find('.count', panel), text);
  panel.classList.toggle('filled', total > 0);
}

/** Puts rows on top of a panel's table, and lets the oldest go. */
function createNewestFirst(panel: HTMLElement, noun: string) {
  const body = find<HTMLTableSectionElement>('tbody', panel);
  let total = 0;
  return {
    add(row: HTMLTableRowElement): void {
      total++;
      body.prepend(row);
      if (total > MOST_ROWS) body.lastElementChild?.remove();
    },
    show(): void {
      showCount(panel, total, countOf(total, noun, 'newest'));
    },
    clear(): void {
      total = 0;
      body.replaceChildren();
    },
  };
}

/** Keeps one row for each key of a panel's table, in the order in which the keys came. */
function createKeyed(panel: HTMLElement, createRow: (key: string) => HTMLTableRowElement) {
  const body = find('tbody', panel);
  const rows = new Map<string, HTMLTableRowElement>();
  return {
    show<Value>(
      values: ReadonlyMap<string, Value>,
      count: string,
      fill: (row: HTMLTableRowElement, value: Value) => void,
    ): void {
      for (const [key, value] of values) {
        let row = rows.get(key);
        if (!row && rows.size < MOST_ROWS) {
          row = createRow(key);
          rows.set(key, row);
          body.append(row);
        }
        if (row) fill(row, value);
      }
      showCount(panel, values.size, count);
    },
    clear(): void {
      rows.clear();
      body.replaceChildren();
    },
  };
}

/** Makes a table that has to be scrolled a stop of the Tab key, and only then. */
function reachByKeyboard(scroll: HTMLElement): void {
  const observer = new ResizeObserver(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = scroll;
    if (scrollWidth > clientWidth || scrollHeight > clientHeight) scroll.tabIndex = 0;
    else scroll.removeAttribute('tabindex');
  });
  observer.observe(scroll);
  observer.observe(find('table', scroll));
}

function readFlags(): number {
  const wanted = Math.trunc(Number(new URLSearchParams(location.search).get('flags')));
  return Math.min(Math.max(wanted || 0, 0), MOST_FLAGS);
}

function createClient(sdk: typeof OptimizelySdk, moreFlags: number): OptimizelySdk.Client {
  return sdk.createInstance({
    projectConfigManager: sdk.createStaticProjectConfigManager({ datafile: createDatafile({ moreFlags }) }),
    eventProcessor: sdk.createBatchEventProcessor({
      eventDispatcher: { dispatchEvent: () => Promise.resolve({ statusCode: 200 }) },
    }),
  });
}

/** What the user property has to say for a decision. */
function propertyValueOf({ enabled, variationKey }: OptimizelySdk.OptimizelyDecision): string {
  return enabled ? (variationKey ?? 'on') : 'off';
}

function createDecisionRow(decision: OptimizelySdk.OptimizelyDecision, at: number): HTMLTableRowElement {
  const { flagKey, variationKey, ruleKey, enabled } = decision;
  const row = create(
    'tr',
    '',
    createTime(at),
    create('td', '', decision.userContext.getUserId()),
    create('td', '', createKey(flagKey)),
    create('td', '', create('span', 'value', variationKey ?? 'none')),
    create('td', 'quiet', createKey(ruleKey ?? 'none')),
    create('td', '', enabled ? 'yes' : 'no'),
  );
  row.dataset.flag = flagKey;
  row.dataset.variation = variationKey ?? '';
  return row;
}

/** FullStory's session URLs end in the user's and the session's number. */
function shortSession(session: string): string {
  return session.slice(session.lastIndexOf('/') + 1) || 'none';
}

/** The user property that the script sets for a flag, without settings of the site's own. */
function propertyOf(flagKey: string): string {
  return `[Optimizely] ${flagKey}`;
}

function outcomeOf({ outcome, reason }: ReceivedCall): string {
  return outcome + (reason && `: ${reason}`);
}

function createProperties(properties: Record<string, unknown>): HTMLElement {
  const entries = Object.entries(properties);
  const list = create('dl', 'pairs');
  for (const [name, value] of entries.slice(0, MOST_PROPERTIES)) {
    list.append(create('dt', '', createKey(name)), create('dd', '', createKey(String(value))));
  }
  const more = entries.length - MOST_PROPERTIES;
  if (more > 0) list.append(create('dt', '', `and ${more} more`));
  return list;
}

function createCallRow(call: ReceivedCall): HTMLTableRowElement {
  const isEvent = call.kind === 'event';
  const row = create(
    'tr',
    '',
    createTime(call.at),
    create(
      'td',
      '',
      create('strong', '', isEvent ? call.name : 'User properties'),
      createProperties(call.properties),
    ),
    create('td', '', shortSession(call.session)),
    create('td', '', String(call.source ?? 'none')),
    create('td', 'outcome', outcomeOf(call)),
  );
  if (isEvent) row.dataset.event = call.name;
  row.dataset.outcome = call.outcome;
  row.dataset.session = call.session;
  row.dataset.page = String(call.page);
  return row;
}

/** The page's number tells the earlier ones apart. */
function createEarlierRow(call: ReceivedCall): HTMLTableRowElement {
  const row = createCallRow(call);
  row.insertBefore(create('td', '', String(call.page)), row.children[1] ?? null);
  return row;
}

function createPropertyRow(name: string): HTMLTableRowElement {
  const row = create(
    'tr',
    '',
    create('td', 'time', create('time')),
    create('td', '', createKey(name)),
    create('td', '', create('span', 'value')),
    create('td', 'session'),
    create('td', 'source'),
    create('td', 'outcome'),
  );
  row.dataset.property = name;
  return row;
}

function fillPropertyRow(row: HTMLTableRowElement, { value, call }: Property): void {
  setTime(find('time', row), call.at);
  setText(find('.value', row), String(value));
  setText(find('.session', row), shortSession(call.session));
  setText(find('.source', row), String(call.source ?? 'none'));
  setText(find('.outcome', row), outcomeOf(call));
  setAttribute(row, 'data-outcome', call.outcome);
  setAttribute(row, 'data-session', call.session);
}

/** Takes in what FullStory received, each call once, and shows it. */
function createReceived() {
  const events = createNewestFirst(find('#received'), 'event');
  const earlierPanel = find('#earlier');
  const earlier = createNewestFirst(earlierPanel, 'call');
  const rows = createKeyed(find('#properties'), createPropertyRow);
  const properties = new Map<string, Property>();
  let taken = 0;

  function clear(): void {
    for (const table of [events, earlier, rows]) table.clear();
    properties.clear();
    taken = 0;
  }

  function takeProperties(call: ReceivedCall): void {
    for (const [name, value] of Object.entries(call.properties)) {
      const known = properties.get(name);
      if (call.outcome === 'accepted' || known?.call.outcome !== 'accepted') {
        properties.set(name, { value, call });
      }
    }
  }

  function take(call: ReceivedCall): void {
    if (call.at < startedAt) earlier.add(createEarlierRow(call));
    else if (call.kind === 'event') events.add(createCallRow(call));
    else takeProperties(call);
  }

  return {
    /** What FullStory has accepted as the value of a user property on this page. */
    property(name: string): unknown {
      const property = properties.get(name);
      return property?.call.outcome === 'accepted' ? property.value : undefined;
    },
    show(calls: readonly ReceivedCall[]): void {
      if (calls.length < taken) clear();
      if (calls.length > taken) {
        for (const call of calls.slice(taken)) take(call);
        taken = calls.length;
      }
      events.show();
      earlier.show();
      earlierPanel.toggleAttribute('hidden', !earlierPanel.classList.contains('filled'));
      rows.show(properties, countOf(properties.size, 'user property', 'first'), fillPropertyRow);
    },
  };
}

function createAgreementRow(flagKey: string): HTMLTableRowElement {
  const flag = create('th', '', createKey(flagKey));
  flag.scope = 'row';
  const row = create(
    'tr',
    '',
    flag,
    create('td', '', create('span', 'value optimizely')),
    create('td', '', create('span', 'value fullstory')),
    create('td', '', create('span', 'match')),
  );
  row.dataset.flag = flagKey;
  return row;
}

function fillAgreementRow(row: HTMLTableRowElement, { optimizely, fullstory, agreement }: Compared): void {
  setText(find('.optimizely', row), optimizely);
  setText(find('.fullstory', row), fullstory);
  setText(find('.match', row), agreement);
  setAttribute(row, 'data-match', agreement);
}

function judge(decided: Decided, property: unknown, state: DestinationState): Agreement {
  if (property === decided.value) return 'match';
  const mayArrive = state !== 'capturing' || Date.now() - decided.at < ARRIVES_WITHIN;
  return mayArrive ? 'not yet' : 'differs';
}

function createAgreement(property: (name: string) => unknown) {
  const panel = find('#agreement');
  const table = createKeyed(panel, createAgreementRow);
  return (decided: ReadonlyMap<string, Decided>, state: DestinationState): void => {
    let matches = 0;
    const judged = new Map<string, Compared>();
    for (const [flagKey, decision] of decided) {
      const value = property(propertyOf(flagKey));
      const agreement = judge(decision, value, state);
      if (agreement === 'match') matches++;
      judged.set(flagKey, { optimizely: decision.value, fullstory: String(value ?? 'none'), agreement });
    }
    const { size } = decided;
    const shown = size > MOST_ROWS ? `, first ${MOST_ROWS} shown` : '';
    table.show(judged, size ? `${matches} of ${plural(size, 'flag')} match${shown}` : '', fillAgreementRow);
    panel.classList.toggle('agrees', matches === size);
  };
}

function showCounts(counts: DecisionCounts): void {
  for (const name of COUNTS) setText(find(`[data-count="${name}"]`), String(counts[name]));
  setText(
    find('#counts'),
    `${plural(counts.seen, 'decision')} seen, ${counts.sent} sent, ${counts.waiting} waiting`,
  );
}

function showStatus(status: Status): void {
  const state = find('[data-fullstory]');
  setText(state, status.fullstory);
  setAttribute(state, 'data-fullstory', status.fullstory);
  setText(find('#fullstory-meaning'), MEANINGS[status.fullstory]);
  setText(find('#version'), `version ${status.version}`);
  setText(find('#session'), status.session ?? 'none');
  setText(find('#namespace'), status.namespace);
  setText(find('#clients'), String(status.clients));
  setText(find('#sdk'), status.sdk.state + (status.sdk.reason ? `: ${status.sdk.reason}` : ''));
  setText(find('#problems'), status.problems.join(', ') || 'none');
  showCounts(status.decisions);
}

function fail(text: string): void {
  const failure = find('#failure');
  failure.hidden = false;
  setText(failure, text);
}

function onClick(id: string, action: () => void): void {
  find(`#${id}`).addEventListener('click', action);
}

function clearReceived(double: FullStoryDouble | undefined): void {
  double?.reset();
  // Again as the page goes: what still waits is handed over in that moment, and would be left.
  window.addEventListener('pagehide', () => double?.reset());
  location.reload();
}

function listFlags(client: OptimizelySdk.Client): void {
  const flags = Object.keys(client.getOptimizelyConfig()?.featuresMap ?? {});
  find('#flag').append(
    ...flags.map((flagKey) => {
      const option = create('option', '', flagKey);
      option.value = flagKey;
      return option;
    }),
  );
}

/** Shows everything there is to show; cheap when nothing changed. */
function createDisplay(bridge: { status(): Status }) {
  const decidedList = createNewestFirst(find('#decided'), 'decision');
  const decided = new Map<string, Decided>();
  const received = createReceived();
  const showAgreement = createAgreement(received.property);
  let subscribed: FullStoryDouble | undefined;
  let isDue = false;

  function show(): void {
    isDue = false;
    const double = globals.fullstoryDouble;
    if (double && double !== subscribed) {
      subscribed = double;
      double.subscribe(showSoon);
    }
    const status = bridge.status();
    decidedList.show();
    received.show(double?.calls ?? []);
    showAgreement(decided, status.fullstory);
    showStatus(status);
  }

  /** Once for all calls of a turn. */
  function showSoon(): void {
    if (!isDue) setTimeout(show);
    isDue = true;
  }

  setInterval(showSoon, LOOK_EVERY);
  return {
    showSoon,
    addDecisions(decisions: readonly OptimizelySdk.OptimizelyDecision[]): void {
      const at = Date.now();
      for (const decision of decisions) {
        decided.set(decision.flagKey, { value: propertyValueOf(decision), at });
        decidedList.add(createDecisionRow(decision, at));
      }
      showSoon();
    },
  };
}

async function start(sdk: typeof OptimizelySdk, bridge: { status(): Status }): Promise<void> {
  const moreFlags = readFlags();
  find<HTMLInputElement>('#flags').value = String(moreFlags);
  document.querySelectorAll<HTMLElement>('.scroll').forEach(reachByKeyboard);
  const display = createDisplay(bridge);
  display.showSoon();

  const client = createClient(sdk, moreFlags);
  await client.onReady();
  listFlags(client);
  let user: User = 'ada';
  let decide = (): OptimizelySdk.OptimizelyDecision[] => [];

  function decideNow(action: typeof decide): void {
    decide = action;
    display.addDecisions(decide());
  }

  function contextOf(id: User): OptimizelySdk.OptimizelyUserContext {
    return client.createUserContext(id, { plan: USERS[id].plan });
  }

  function decideAll(id: User): void {
    user = id;
    setText(find('#user'), USERS[id].name);
    decideNow(() => Object.values(contextOf(id).decideAll()));
  }

  function decideOne(): void {
    const id = user;
    const flagKey = find<HTMLSelectElement>('#flag').value;
    decideNow(() => [contextOf(id).decide(flagKey)]);
  }

  for (const id of Object.keys(USERS) as User[]) onClick(`decide-all-${id}`, () => decideAll(id));
  onClick('decide-one', decideOne);
  onClick('decide-again', () => decideNow(decide));
  onClick('reload', () => location.reload());
  onClick('clear', () => clearReceived(globals.fullstoryDouble));
  decideAll('ada');
}

const { optimizelySdk, optimizelyFullStory } = globals;
if (!optimizelyFullStory) fail('The script is not there. Run “npm run build”, then reload this page.');
else if (!optimizelySdk) fail('Optimizely’s SDK is not there. Run “npm install”, then reload this page.');
else start(optimizelySdk, optimizelyFullStory).catch((error: unknown) => fail(String(error)));
