import { vi } from 'vitest';
import { createNumbers } from '../e2e/random-pages/random.ts';
import type { Decision } from '../src/decision.ts';
import type { AnalyticsEvent } from '../src/destinations/destination.ts';
import { fullstory } from '../src/destinations/fullstory.ts';
import { type IncludedProperty, readSettings } from '../src/settings.ts';
import { createTestLane } from '../test/lane.ts';
import type { AmplitudeEvent, Exports, OptimizelyConversion, OptimizelyDecision } from './exports.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The period that the SQL names. */
export const BEGINS = Date.UTC(2026, 9, 5);
export const ENDS = Date.UTC(2026, 9, 19);

/** The end of Optimizely's export: the last day of the period is missing. */
export const LAST_EXPORTED = ENDS - DAY - SECOND;

/** The experiment that the SQL names. */
const FLAG = 'checkout_redesign';
const RULE = 'checkout_test';
const EXPERIMENT = '9300000001';
const VARIATIONS = { control: '9300000011', treatment: '9300000012' } as const;

export type Variation = keyof typeof VARIATIONS;
export type Side = 'optimizely' | 'fullstory';

/** The expected answers of the queries, counted during the experiment and not read from its rows. */
export interface Truth {
  /** The exposures of a variation, and the visitors that a side knows. */
  perVariation: Record<
    Variation,
    {
      optimizely: number;
      fullstory: number;
      both: number;
      visitors: Record<Side, Set<string>>;
      /** Visitors with the same value in Amplitude's user property and their events. Amplitude has FullStory's events. */
      sameProperty: Set<string>;
    }
  >;
  /** The visitors that saw one variation on that side, and those of them that converted. */
  conversion: Record<Variation, Record<Side, { visitors: Set<string>; converted: Set<string> }>>;
  /** The visitors who saw two variations, with the variations and each side's number of events. */
  twoVariations: Map<string, { variation: Variation; at: number; optimizely: number; fullstory: number }[]>;
  /** The number of exposures that only one side has, by reason. */
  oneSide: Map<string, number>;
}

/** How one decision reaches the exports. The default is a healthy page. */
interface Transport {
  /** False: Optimizely never gets the impression. */
  optimizely?: Partial<OptimizelyDecision> | false;
  /**
   * Ms until the bridge hands it over, and the session, if it is not this hour's. False: FullStory never gets the event.
   */
  fullstory?: { after?: number; session?: number } | false;
  include?: IncludedProperty[];
  decision?: Partial<Decision>;
}

export interface Visitor {
  readonly id: string;
  readonly device: number;
}

const INCLUDE: IncludedProperty[] = ['user_id', 'experiment_id', 'variation_id', 'dispatched'];

/** Sends an event as FullStory's destination does: a late one has the time of its decision. */
const FULLSTORY = fullstory()(
  readSettings([{ namespace: 'FS' }], () => {}),
  () => {},
);

/** Some pages set the flag's user property in Amplitude themselves, to another value. */
function losesProperty({ device }: Visitor): boolean {
  return device % 7 === 0;
}

/**
 * An empty experiment. Its actions write the rows of both exports and, separately, the truth. The events are the bridge's own,
 * because each decision goes through its lane. The clock must be `vi`'s.
 *
 * @param seed the same seed makes the same experiment.
 */
export function createWorld(seed: number) {
  const random = createNumbers(seed);
  const exports: Exports = { fullstory: [], decisions: [], conversions: [], amplitude: [] };
  const counts = () => ({
    optimizely: 0,
    fullstory: 0,
    both: 0,
    visitors: { optimizely: new Set<string>(), fullstory: new Set<string>() },
    sameProperty: new Set<string>(),
  });
  const visitors = () => ({ visitors: new Set<string>(), converted: new Set<string>() });
  const truth: Truth = {
    perVariation: { control: counts(), treatment: counts() },
    conversion: {
      control: { optimizely: visitors(), fullstory: visitors() },
      treatment: { optimizely: visitors(), fullstory: visitors() },
    },
    twoVariations: new Map(),
    oneSide: new Map(),
  };
  let people = 0;
  let rows = 0;

  function between(least: number, most: number): number {
    return least + Math.floor(random() * (most - least + 1));
  }

  /** A moment of the period, not near its ends. */
  function moment(): number {
    return BEGINS + HOUR + Math.floor(random() * (LAST_EXPORTED - BEGINS - 3 * DAY));
  }

  function either(): Variation {
    return random() < 0.5 ? 'control' : 'treatment';
  }

  function meet(): Visitor {
    people++;
    return { id: `user-${people}`, device: 5_000_000_000_000_000 + people };
  }

  function addFullStory(visitor: Visitor, at: number, session: number, event: object): void {
    rows++;
    exports.fullstory.push({
      event_id: `event-${rows}`,
      // FullStory's documented format has microseconds.
      event_time: new Date(at).toISOString().replace('Z', '000Z'),
      processed_time: new Date(at + HOUR).toISOString().replace('Z', '000Z'),
      updated_time: null,
      device_id: visitor.device,
      session_id: 7_000_000_000_000_000 + session,
      view_id: rows,
      event_type: 'custom',
      event_properties: JSON.stringify(event),
      source_type: 'web',
      source_properties: JSON.stringify({
        url: { path: '/checkout' },
        user_agent: { browser: 'Chrome', device: 'Desktop' },
      }),
    });
  }

  function addAmplitude(visitor: Visitor, at: number, { name, properties }: AnalyticsEvent): void {
    rows++;
    const { user_id, variation_key } = properties;
    const event: AmplitudeEvent = {
      uuid: `amplitude-${rows}`,
      event_type: name,
      event_time: new Date(at).toISOString().replace('T', ' ').replace('Z', '000'),
      user_id: user_id === undefined ? null : `${user_id}`,
      device_id: `${visitor.device}`,
      event_properties: properties,
      user_properties: {
        [`[Optimizely] ${FLAG}`]: losesProperty(visitor) ? 'off' : variation_key,
      },
    };
    // Loading a day again exports its events once more.
    exports.amplitude.push(event, event);
  }

  /** One decision on a page, and each side's part of it. The truth does not change. */
  function decide(visitor: Visitor, variation: Variation, at: number, transport: Transport = {}): void {
    const { optimizely = {}, fullstory = {}, include = INCLUDE, decision } = transport;
    if (fullstory) {
      const { after = 20, session = Math.floor(at / HOUR) } = fullstory;
      const lane = createTestLane({ include });
      vi.setSystemTime(at);
      lane.decide({
        userId: visitor.id,
        flagKey: FLAG,
        ruleKey: RULE,
        variationKey: variation,
        experimentId: EXPERIMENT,
        variationId: VARIATIONS[variation],
        at,
        ...decision,
      });
      vi.setSystemTime(at + after);
      lane.handOver();
      vi.stubGlobal('window', {
        FS(_operation: string, { name, properties }: AnalyticsEvent) {
          addFullStory(visitor, at + after, session, { event_name: name, ...properties });
        },
      });
      lane.destination.trackEvent.mock.calls.forEach(([event, moment]) => {
        FULLSTORY.trackEvent(event, moment);
        addAmplitude(visitor, at, event);
      });
      vi.unstubAllGlobals();
    }
    if (optimizely) {
      rows++;
      exports.decisions.push({
        uuid: `impression-${rows}`,
        timestamp: at,
        process_timestamp: at + between(1, 20) * MINUTE,
        visitor_id: visitor.id,
        session_id: null,
        account_id: '12001',
        campaign_id: '9200000001',
        experiment_id: EXPERIMENT,
        variation_id: VARIATIONS[variation],
        attributes: [{ id: '1', name: 'plan', type: 'custom', value: 'pro' }],
        user_ip: '192.0.2.0',
        user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0',
        referer: 'https://shop.example/checkout',
        is_holdback: false,
        revision: '42',
        client_engine: 'javascript-sdk',
        client_version: '6.6.1',
        ...optimizely,
      });
    }
  }

  /** A custom event of the site, and Optimizely's conversion for the same act. */
  function act(visitor: Visitor, at: number, sides: readonly Side[], name: 'order' | 'cart' = 'order'): void {
    if (sides.includes('fullstory')) {
      const event = { event_name: name === 'order' ? 'Order Completed' : 'Cart Viewed', total: 42 };
      addFullStory(visitor, at, Math.floor(at / HOUR), event);
    }
    if (sides.includes('optimizely')) {
      rows++;
      exports.conversions.push({
        uuid: `conversion-${rows}`,
        timestamp: at,
        process_timestamp: at + MINUTE,
        visitor_id: visitor.id,
        session_id: null,
        account_id: '12001',
        // Empty since October 2023.
        experiments: [],
        entity_id: '9400000001',
        attributes: [],
        user_ip: '192.0.2.0',
        user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0',
        referer: 'https://shop.example/checkout',
        event_type: 'custom',
        event_name: name === 'order' ? 'order_completed' : 'cart_viewed',
        revenue: 4200,
        value: null,
        quantity: null,
        tags: { currency: 'EUR' },
        revision: '42',
        client_engine: 'javascript-sdk',
        client_version: '6.6.1',
      } satisfies OptimizelyConversion);
    }
  }

  /** Adds an exposure to the truth. */
  function count(visitor: Visitor, variation: Variation, sides: readonly Side[], reason?: string): void {
    const of = truth.perVariation[variation];
    sides.forEach((side) => {
      of[side]++;
      of.visitors[side].add(visitor.id);
      if (side === 'fullstory' && !losesProperty(visitor)) of.sameProperty.add(visitor.id);
      truth.conversion[variation][side].visitors.add(visitor.id);
    });
    if (sides.length === 2) of.both++;
    else explain(sides[0] as Side, reason as string);
  }

  function explain(side: Side, reason: string): void {
    const key = `${side} ${reason}`;
    truth.oneSide.set(key, (truth.oneSide.get(key) ?? 0) + 1);
  }

  /** Lets some visitors convert. The others convert too early, too late, or in another way that does not count. */
  function perhapsConvert(visitor: Visitor, variation: Variation, at: number, sides: readonly Side[]): void {
    act(visitor, at - 10 * MINUTE, sides);
    act(visitor, at + MINUTE, sides, 'cart');
    act(visitor, at + 8 * DAY, sides);
    if (random() < (variation === 'treatment' ? 0.5 : 0.3)) {
      act(visitor, at + between(2, 6 * 24 * 60) * MINUTE, sides);
      // The second time is not another visitor.
      act(visitor, at + 6 * DAY + HOUR, sides);
      sides.forEach((side) => {
        truth.conversion[variation][side].converted.add(visitor.id);
      });
    }
  }

  return { exports, truth, between, moment, either, meet, decide, act, count, explain, perhapsConvert };
}
