import { expect, vi } from 'vitest';
import type { AnalyticsEvent, Decision, Origin } from '../src/decision.ts';
import type { Delivery } from '../src/delivery/delivery.ts';
import { createHandOver } from '../src/delivery/hand-over.ts';
import { createMemory } from '../src/delivery/memory.ts';
import { createQueue } from '../src/delivery/queue.ts';
import type { Within } from '../src/delivery/rate-limit.ts';
import { createReport } from '../src/delivery/report.ts';
import { createStoredList } from '../src/delivery/storage.ts';
import type {
  Destination,
  DestinationState,
  Limits,
  Moment,
  Sight,
} from '../src/destinations/destination.ts';
import { fullstory } from '../src/destinations/fullstory.ts';
import { readSettings, type Settings } from '../src/settings.ts';
import type { Problem } from '../src/status.ts';

/** The storage key for decisions that the pages of a session share. */
export const SHARED = 'test';

/** The default decision of tests, with changes. */
export function createDecision(change: Partial<Decision> = {}): Decision {
  return {
    userId: 'ada',
    flagKey: 'checkout',
    variationKey: 'treatment',
    ruleKey: 'checkout_test',
    enabled: true,
    dispatched: true,
    experimentId: '9300001',
    variationId: '9300002',
    at: Date.now(),
    ...change,
  };
}

/** FullStory's limits, and a share of them that is the tests' own. */
const LIMITS: Limits = {
  events: [60, 40],
  properties: [30, 10],
  propertyNames: 500,
};

/**
 * A lane as on a page, except for its timers, and a destination that records its calls.
 *
 * @param limits of the destination, if they are not `LIMITS`; null: it has none.
 * @param who of the destination, if it names the user in each call.
 */
export function createTestLane(
  written: Settings = {},
  limits?: Limits | null,
  who?: () => string | undefined,
) {
  const settings = readSettings([{ eventsPerMinute: 40, bufferSize: 1000, ...written }], (code) => {
    throw new Error(code);
  });
  const problems: Problem[] = [];
  const tell = (code: Problem) => {
    if (!problems.includes(code)) problems.push(code);
  };
  const events: AnalyticsEvent[] = [];
  const properties: Record<string, string>[] = [];
  const calls: string[] = [];
  const real = fullstory()(settings, tell);
  const ours: Limits['ours'] = { events: [settings.eventsPerMinute, 20], properties: [10, 2] };
  const destination = {
    name: 'FullStory',
    ...(limits !== null && { limits: limits ?? { ...LIMITS, ours } }),
    ...(who && { who }),
    look: vi.fn((): Sight => ({ state: 'capturing', session: 'one', link: 'one' })),
    watch: () => () => undefined,
    setProperties: vi.fn((given: Record<string, string>, _who?: string) => {
      properties.push({ ...given });
      calls.push('setProperties');
    }),
    trackEvent: vi.fn((event: AnalyticsEvent, _moment: Moment) => {
      events.push({ name: event.name, properties: { ...event.properties } });
      calls.push('trackEvent');
    }),
    isPropertyName: real.isPropertyName as (name: string) => boolean,
  } satisfies Destination;
  const report = createReport(destination.name, settings.debug);
  const onChange = vi.fn((delivery: Delivery | undefined, origin?: Origin) => {
    if (delivery) queue.add_(delivery, origin);
  });
  const given = (destination as Destination).limits ?? {};
  const memory = createMemory(settings, destination, given, report, tell, onChange);
  const queue = createQueue(settings.bufferSize, report);
  const handOver = createHandOver(
    destination,
    given,
    settings,
    memory,
    queue,
    report,
    createStoredList('localStorage', SHARED, tell),
    tell,
    () => 250,
  );

  return {
    counts: report.counts_,
    recent: report.recent_,
    problems,
    memory,
    queue,
    destination,
    onChange,
    /** The calls to the destination. */
    events,
    properties,
    calls,
    /** The events that the destination got, in short. */
    tracked: () => events.map((event) => `${event.properties.flag_key}=${event.properties.variation_key}`),
    /** Makes one decision after the other. */
    decide(...changes: Partial<Decision>[]) {
      for (const change of changes) memory.take_(createDecision(change));
    },
    /** Takes all waiting decisions out of the queue, for the next page. */
    giveAway(): Decision[] {
      const decisions = queue.decisions_();
      queue.giveAway_();
      return decisions;
    },
    /**
     * @param session the running one, the destination's state without one, or `over` after one has ended.
     * @param link by which other pages identify it.
     */
    handOver(session = 'one', within: Within = 'ours', user = 'ada', link = session) {
      const isState = /^(absent|loading|blocked|waiting|refused)$/.test(session);
      destination.look.mockReturnValue(
        isState
          ? { state: session as DestinationState }
          : session === 'over'
            ? { state: 'waiting', isOver: true }
            : { state: 'capturing', session, user, link },
      );
      const wait = handOver(within);
      const { seen, sent, duplicate, ignored, waiting, dropped } = report.counts_;
      expect(seen).toBe(sent + duplicate + ignored + waiting + dropped);
      return wait;
    },
  };
}

/** About so many ms, as a number that may be chosen a little otherwise: for `toEqual`. */
export function about(ms: number): unknown {
  return { asymmetricMatch: (other: unknown) => Math.abs(Number(other) - ms) <= ms / 20 };
}

/** Flags by number. */
export function flags(count: number, from = 0): Partial<Decision>[] {
  return Array.from({ length: count }, (_, index) => ({ flagKey: `flag_${from + index}` }));
}

/** A browser's storage that can be forbidden or full. */
export function createStorage() {
  const values = new Map<string, string>();
  return {
    getItem: vi.fn((key: string) => values.get(key) ?? null),
    setItem: vi.fn((key: string, value: string) => void values.set(key, value)),
    removeItem: vi.fn((key: string) => void values.delete(key)),
  };
}
