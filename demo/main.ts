import { GROUPS, HEALTHY, isPlayable } from '../e2e/situations/catalogue.ts';
import type { PlayableSituation, Step } from '../e2e/situations/situation.ts';
import { fetchInspector } from './inspector.ts';
import { type Forwarder, findSituation, isContinued, readRequest, SDKS, SNIPPETS } from './request.ts';
import type { Shop } from './shop.ts';
import { createAgreement } from './view/agreement.ts';
import { create, find, setText } from './view/dom.ts';
import { createScore } from './view/score.ts';
import { showMore } from './view/scroll.ts';
import { type DestinationName, look } from './view/side.ts';
import { showStatus } from './view/status.ts';
import { createTimeline } from './view/timeline.ts';
import { SHOP_FLAGS, USERS } from './visitors.ts';

const LOOK_EVERY = 250;

/** The text for a page that was only loaded again: its situation has not been brought about anew. */
const LOADED_AGAIN = {
  title: 'The same page, loaded again',
  about:
    'You reloaded the page, or came back to it and the browser had not kept it. So it has decided five flags for Ada once more. What happened before is still in the timeline and in the figures.',
  amplitude: '',
  recipe: '',
};

/** Pixels over which the list of situations fades at its ends. */
const LIST_EDGE = 48;

const request = readRequest();
const { hasAmplitude } = request;
const DESTINATIONS: readonly DestinationName[] = hasAmplitude ? ['FullStory', 'Amplitude'] : ['FullStory'];
let isCompared = request.isCompared;

function fail(error: unknown): void {
  const failure = find('#failure');
  failure.hidden = false;
  setText(failure, error instanceof Error ? error.message : String(error));
}

/** An address of the playground with the current choices. */
function addressOf(situation: string, withAmplitude = hasAmplitude): string {
  const chosen = new URLSearchParams();
  if (situation !== HEALTHY.id) chosen.set('situation', situation);
  if (withAmplitude) chosen.set('amplitude', '');
  if (isCompared) chosen.set('compare', '');
  if (request.sdk !== SDKS[0]) chosen.set('sdk', request.sdk);
  if (request.snippet !== SNIPPETS[0]) chosen.set('snippet', request.snippet);
  // An empty value needs no equals sign.
  return `?${chosen}`.replace(/=(?=&|$)/g, '');
}

/** The address of the situation's next page, in this tab or in another one. */
function nextAddress(): string {
  return `${addressOf(request.situation.id)}&next`;
}

/** Opens a shop in a frame. Its address differs only in the forwarder. */
function openFrame(forwarder: Forwarder): Promise<Shop> {
  const frame = create('iframe');
  const search = new URLSearchParams(location.search);
  search.set('forwarder', forwarder);
  frame.src = `shop.html?${search}`;
  frame.title = `The same page, ${forwarder === 'bridge' ? 'in a frame' : 'with the recipe'}`;
  frame.hidden = true;
  return new Promise((resolve, reject) => {
    frame.onload = () => {
      const shop = frame.contentWindow?.shop;
      if (shop) resolve(shop);
      else reject(new Error('The frame is empty.'));
    };
    document.body.append(frame);
  });
}

function openShops(): Promise<Shop[]> {
  return Promise.all([window.shop ?? openFrame('bridge'), openFrame('recipe')]);
}

/** Updates the whole page. Cheap if nothing has changed. */
function createDisplay(shops: readonly Shop[]) {
  const scores = DESTINATIONS.map((destination) => ({ destination, show: createScore(destination) }));
  const timeline = createTimeline();
  const agreement = createAgreement(DESTINATIONS);
  let isDue = false;

  function show(): void {
    isDue = false;
    const sides = shops.flatMap(look);
    for (const { destination, show } of scores) {
      show(sides.filter((side) => side.destination === destination));
    }
    timeline.show(sides);
    agreement(sides);
    const status = shops[0]?.status();
    if (status) showStatus(status);
  }

  /** Once for all changes of a turn. */
  function showSoon(): void {
    if (!isDue) setTimeout(show);
    isDue = true;
  }

  for (const shop of shops) shop.subscribe(showSoon);
  timeline.onOpen(showSoon);
  setInterval(showSoon, LOOK_EVERY);
  showSoon();
}

/** Shows the parts about Amplitude, and a link to the other choice, which starts over. */
function showAmplitude(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-with-amplitude]')) {
    element.hidden = !hasAmplitude;
  }
  find<HTMLInputElement>('#versions [name=amplitude]').disabled = !hasAmplitude;
  setText(find('#with-amplitude'), hasAmplitude ? 'Show FullStory alone' : 'Show Amplitude as well');
}

function showComparison(): void {
  document.documentElement.dataset.compare = isCompared ? 'on' : 'off';
  find('#compare').setAttribute('aria-checked', String(isCompared));
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-situation]')) {
    link.href = addressOf(link.dataset.situation ?? '');
  }
  const { id, needsAmplitude } = request.situation;
  find<HTMLAnchorElement>('#with-amplitude').href = addressOf(
    needsAmplitude ? HEALTHY.id : id,
    !hasAmplitude,
  );
  find<HTMLInputElement>('#versions [name=compare]').disabled = !isCompared;
}

/** Scrolls the list to its current situation, without scrolling the page. */
function showCurrent(): void {
  const list = find('#situations');
  const box = list.getBoundingClientRect();
  const { top, bottom } = find('[aria-current]', list).getBoundingClientRect();
  list.scrollTop += Math.max(0, bottom + LIST_EDGE - box.bottom) - Math.max(0, box.top + LIST_EDGE - top);
}

/** The situation's sentence, and its next step as a button. */
function createStage(perform: (step: Step) => void) {
  let rest: Step[] = [];
  const next = find<HTMLButtonElement>('#next');

  function offer(): void {
    const [step] = rest;
    // The focus is lost when its button is removed.
    if (!step && document.activeElement === next) find('#now-title').focus();
    next.hidden = !step;
    if (step) setText(next, step.label);
  }

  next.addEventListener('click', () => {
    const step = rest.shift();
    if (step) perform(step);
    offer();
  });
  return (situation: PlayableSituation, steps: readonly Step[]): void => {
    rest = [...steps];
    setText(find('#now-title'), situation.title);
    setText(find('#now-about'), situation.about);
    setText(find('#now-amplitude'), situation.amplitude ?? '');
    setText(find('#now-recipe'), situation.recipe ?? '');
    find<HTMLSelectElement>('#situation').value = situation.id;
    for (const item of document.querySelectorAll('[data-situation]')) {
      if ((item as HTMLElement).dataset.situation === situation.id) item.setAttribute('aria-current', 'true');
      else item.removeAttribute('aria-current');
    }
    showCurrent();
    offer();
  };
}

/** A link for a situation on a fresh page, or a button for one on this page. */
function createChoice(
  situation: PlayableSituation,
  onChoose: (situation: PlayableSituation) => void,
): HTMLElement {
  const choice = situation.playground.beginning ? create('a', 'choice') : create('button', 'choice');
  choice.append(situation.title);
  choice.dataset.situation = situation.id;
  if (choice instanceof HTMLButtonElement) {
    choice.type = 'button';
    choice.addEventListener('click', () => onChoose(situation));
  } else {
    choice.append(create('span', 'hidden', ' (starts over)'));
  }
  return create('li', '', choice);
}

/** The list next to the page, and the selection instead of it on narrow screens. */
function listSituations(onChoose: (situation: PlayableSituation) => void): void {
  const groups = find('#groups');
  const select = find<HTMLSelectElement>('#situation');
  select.append(new Option(HEALTHY.title, HEALTHY.id));
  for (const { title, situations } of GROUPS) {
    const playable = situations.filter(isPlayable);
    groups.append(
      create('h3', '', title),
      create('ul', '', ...playable.map((situation) => createChoice(situation, onChoose))),
    );
    const options = create('optgroup', '', ...playable.map((one) => new Option(one.title, one.id)));
    options.label = title;
    select.append(options);
  }
  // Not at each change: with the keyboard, that would open every option in between.
  find('#choose').addEventListener('submit', (event) => {
    event.preventDefault();
    const situation = findSituation(select.value);
    if (situation.playground.beginning) location.href = addressOf(situation.id);
    else onChoose(situation);
  });
}

function listVersions(): void {
  for (const [name, versions] of [
    ['sdk', SDKS],
    ['snippet', SNIPPETS],
  ] as const) {
    const select = find<HTMLSelectElement>(`#${name}-version`);
    for (const version of versions) select.append(new Option(version));
    select.value = request[name];
  }
  find<HTMLInputElement>('#versions [name=situation]').value = request.situation.id;
}

function onClick(id: string, action: () => void): void {
  find(`#${id}`).addEventListener('click', action);
}

/** The inspector: opens here at a click, and can be saved as a bookmark for other pages. */
async function offerInspector(): Promise<void> {
  find<HTMLAnchorElement>('#inspect a').href = await fetchInspector();
  find('#inspect').hidden = false;
}

async function start(): Promise<void> {
  const opening = openShops();
  const ready = opening.then(async (shops) => {
    await Promise.all(shops.map(({ isReady }) => isReady));
    return shops;
  });

  /** In both shops in one task. */
  async function inBoth(action: (shop: Shop) => void): Promise<void> {
    for (const shop of await ready) action(shop);
  }

  /** The new tab begins with a copy of this tab's storage: FullStory's session and its calls. */
  async function openTab(): Promise<void> {
    for (const shop of await ready) await shop.keepForTab();
    if (!window.open(nextAddress()))
      throw new Error('The browser does not open a tab. Allow it, and start over.');
  }

  async function perform({ run, goesTo }: Step): Promise<void> {
    await inBoth((shop) => run?.(shop));
    if (goesTo === 'next page') location.href = nextAddress();
    if (goesTo === 'away') location.href = 'away.html';
    if (goesTo === 'second tab') await openTab();
  }

  const stage = createStage((step) => void perform(step).catch(fail));
  function choose(situation: PlayableSituation): void {
    const [first, ...others] = situation.playground.steps;
    // Every situation begins with a bridge that listens.
    inBoth((shop) => shop.reconnect()).catch(fail);
    if (first) perform(first).catch(fail);
    stage(situation, others);
    find('#now').scrollIntoView({ block: 'nearest' });
  }

  let user = 'ada';
  function decideAll(id: string): void {
    user = id;
    inBoth((shop) => shop.decide(SHOP_FLAGS, id)).catch(fail);
  }

  listSituations(choose);
  listVersions();
  find('#flag').append(...SHOP_FLAGS.map((flagKey) => new Option(flagKey)));
  for (const id of Object.keys(USERS)) onClick(`decide-all-${id}`, () => decideAll(id));
  onClick('decide-one', () => {
    inBoth((shop) => shop.decide([find<HTMLSelectElement>('#flag').value], user)).catch(fail);
  });
  onClick('decide-again', () => {
    inBoth((shop) => shop.decideAgain(1)).catch(fail);
  });
  onClick('compare', () => {
    isCompared = !isCompared;
    showComparison();
    history.replaceState(null, '', request.isNext ? nextAddress() : addressOf(request.situation.id));
  });
  document.querySelectorAll<HTMLElement>('.scroll').forEach(showMore);

  const { situation, isNext } = request;
  const isOnFreshPage = !!situation.playground.beginning;
  const isLoadedAgain = isContinued(isNext) && (!isOnFreshPage || situation === HEALTHY);
  if (isLoadedAgain) stage({ ...situation, ...LOADED_AGAIN }, []);
  else stage(situation, isOnFreshPage && !isNext ? situation.playground.steps : []);
  showComparison();
  showAmplitude();
  createDisplay(await opening);
  await ready;
  if (!isOnFreshPage && !isContinued(isNext)) choose(situation);
}

offerInspector().catch(fail);
start().catch(fail);
