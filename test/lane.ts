import { expect, vi } from 'vitest';
import type { Decision } from '../src/decision.ts';
import { createDecisionBridge, type Delivery } from '../src/delivery/memory.ts';
import { createOutbox } from '../src/delivery/queue.ts';
import type {
  AnalyticsEvent,
  Destination,
  DestinationState,
  Sight,
} from '../src/destinations/destination.ts';
import { type BeforeSend, readSettings, type Settings } from '../src/settings.ts';
import { createReport } from '../src/status.ts';

/** A decision as the tests' flag makes it, but for what they change. */
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

/** The bridge and the outbox, put together as on a page, and a destination that writes down what it gets. */
export function createRooms(written: Settings = {}) {
  const settings = readSettings([written], (code) => {
    throw new Error(code);
  });
  const report = createReport(settings, new Set());
  const { counts } = report;
  const events: AnalyticsEvent[] = [];
  const properties: Record<string, string>[] = [];
  const calls: string[] = [];
  const destination = {
    findNamespace: () => 'FS',
    look: vi.fn((): Sight => ({ state: 'capturing', session: '' })),
    watch: () => undefined,
    setProperties: vi.fn((given: Record<string, string>) => {
      properties.push({ ...given });
      calls.push('setProperties');
    }),
    trackEvent: vi.fn((event: AnalyticsEvent) => {
      events.push({ name: event.name, properties: { ...event.properties } });
      calls.push('trackEvent');
    }),
    unwatch: () => undefined,
  } satisfies Destination;
  const onChange = vi.fn((delivery: Delivery | undefined) => {
    if (delivery) outbox.add(delivery);
  });
  const bridge = createDecisionBridge(settings, report, settings.beforeSend as BeforeSend, onChange);
  const outbox = createOutbox(bridge, destination, settings, report);

  return {
    report,
    bridge,
    outbox,
    destination,
    onChange,
    /** What the destination got. */
    events,
    properties,
    calls,
    /** The events that the destination got, in short. */
    told: () => events.map((event) => `${event.properties.flag_key}=${event.properties.variation_key}`),
    /** Makes one decision after the other. */
    decide(...changes: Partial<Decision>[]) {
      for (const change of changes) bridge.take(createDecision(change));
    },
    /** Gives away all that waits, to somebody who can keep it. */
    release(): Decision[] {
      const kept: Decision[] = [];
      expect(outbox.release((decisions) => kept.push(...decisions) >= 0)).toBe(true);
      return kept;
    },
    /** @param session the one that runs, or the destination's state while none does. */
    handOver(session = 'one', isLeaving = false) {
      destination.look.mockReturnValue(
        /^(absent|loading|blocked|waiting|refused)$/.test(session)
          ? { state: session as DestinationState }
          : { state: 'capturing', session },
      );
      let wait: number;
      // The next turn is at once.
      do wait = outbox.handOver(isLeaving);
      while (!wait);
      const { seen, sent, duplicate, ignored, waiting, dropped } = counts;
      expect(seen).toBe(sent + duplicate + ignored + waiting + dropped);
      return wait;
    },
  };
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
  };
}
