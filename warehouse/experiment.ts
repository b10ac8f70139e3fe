import { vi } from 'vitest';
import type { Exports, FullStoryEvent, OptimizelyDecision } from './exports.ts';
import {
  BEGINS,
  createWorld,
  DAY,
  ENDS,
  HOUR,
  LAST_EXPORTED,
  MINUTE,
  SECOND,
  type Side,
  type Truth,
  type Variation,
  type Visitor,
} from './world.ts';

const BOTH: readonly Side[] = ['optimizely', 'fullstory'];

type Happening = (visitor: Visitor, variation: Variation, at: number) => void;

/** The things that can happen to a visitor. The truth records each one, whatever rows it makes. */
function happeningsIn(world: ReturnType<typeof createWorld>): Record<string, Happening> {
  const { exports, truth, between, meet, decide, act, count, explain, perhapsConvert } = world;
  return {
    'all is well, on several pages'(visitor, variation, at) {
      const pages = between(1, 4);
      for (let page = 0; page < pages; page++) decide(visitor, variation, at + page * 12 * MINUTE);
      count(visitor, variation, BOTH);
      perhapsConvert(visitor, variation, at, BOTH);
    },
    'comes back on another day'(visitor, variation, at) {
      decide(visitor, variation, at);
      decide(visitor, variation, at + DAY);
      count(visitor, variation, BOTH);
      count(visitor, variation, BOTH);
    },
    'comes back after half an hour and a second'(visitor, variation, at) {
      decide(visitor, variation, at, { fullstory: { after: 0 } });
      decide(visitor, variation, at + 30 * MINUTE + SECOND, { fullstory: { after: 0 } });
      count(visitor, variation, BOTH);
      count(visitor, variation, BOTH);
    },
    'each side has another half of a visit'(visitor, variation, at) {
      decide(visitor, variation, at, { fullstory: false });
      decide(visitor, variation, at + 29 * MINUTE, { optimizely: false });
      count(visitor, variation, BOTH);
    },
    'FullStory is blocked'(visitor, variation, at) {
      decide(visitor, variation, at, { fullstory: false });
      count(visitor, variation, ['optimizely'], 'visitor_unknown_to_fullstory');
      perhapsConvert(visitor, variation, at, ['optimizely']);
    },
    'FullStory drops one event of a visitor'(visitor, variation, at) {
      decide(visitor, variation, at);
      decide(visitor, variation, at + 5 * HOUR, { fullstory: false });
      count(visitor, variation, BOTH);
      count(visitor, variation, ['optimizely'], 'event_lost');
    },
    'consent comes late'(visitor, variation, at) {
      decide(visitor, variation, at, { fullstory: { after: 10 * MINUTE } });
      count(visitor, variation, BOTH);
      perhapsConvert(visitor, variation, at, BOTH);
    },
    'consent comes very late, after a conversion'(visitor, variation, at) {
      decide(visitor, variation, at, { fullstory: { after: 4 * HOUR } });
      act(visitor, at + HOUR, BOTH);
      count(visitor, variation, BOTH);
      BOTH.forEach((side) => {
        truth.conversion[variation][side].converted.add(visitor.id);
      });
    },
    'current decisions are sent again to a new session'(visitor, variation, at) {
      decide(visitor, variation, at);
      decide(visitor, variation, at, { optimizely: false, fullstory: { after: 45 * MINUTE, session: 1 } });
      decide(visitor, variation, at, { optimizely: false, fullstory: { after: 9 * HOUR, session: 2 } });
      count(visitor, variation, BOTH);
      perhapsConvert(visitor, variation, at, BOTH);
    },
    'Optimizely does not get the impression'(visitor, variation, at) {
      decide(visitor, variation, at, { optimizely: false });
      count(visitor, variation, ['fullstory'], 'impression_lost');
      perhapsConvert(visitor, variation, at, ['fullstory']);
    },
    'the decision is not dispatched'(visitor, variation, at) {
      decide(visitor, variation, at, { optimizely: false, decision: { dispatched: false } });
      count(visitor, variation, ['fullstory'], 'not_dispatched');
    },
    'Optimizely has not exported it yet'(visitor, variation) {
      decide(visitor, variation, LAST_EXPORTED + between(1, 20) * HOUR, { optimizely: false });
      count(visitor, variation, ['fullstory'], 'not_exported_yet');
    },
    'a bot'(visitor, variation, at) {
      decide(visitor, variation, at, {
        fullstory: false,
        optimizely: { user_agent: 'Mozilla/5.0 (compatible; Googlebot/2.1)' },
      });
      count(visitor, variation, ['optimizely'], 'bot');
    },
    'the server decides'(visitor, variation, at) {
      decide(visitor, variation, at, { fullstory: false, optimizely: { client_engine: 'node-sdk' } });
      count(visitor, variation, ['optimizely'], 'decided_on_a_server');
    },
    'held back'(visitor, variation, at) {
      decide(visitor, variation, at, {
        optimizely: { is_holdback: true },
        decision: {
          ruleKey: 'holdout',
          variationKey: 'off',
          enabled: false,
          experimentId: '9300000099',
          variationId: '9300000991',
        },
      });
      explain('optimizely', 'holdback');
      explain('fullstory', 'another_rule');
    },
    'a rollout decides, with ids'(visitor, variation, at) {
      decide(visitor, variation, at, {
        optimizely: false,
        decision: {
          ruleKey: 'default-rollout-1',
          variationKey: 'off',
          enabled: false,
          experimentId: '9300000055',
          variationId: '9300000551',
        },
      });
      explain('fullstory', 'another_rule');
    },
    'no rule decides'(visitor, variation, at) {
      decide(visitor, variation, at, {
        optimizely: false,
        decision: {
          ruleKey: null,
          variationKey: null,
          enabled: false,
          experimentId: null,
          variationId: null,
        },
      });
      explain('fullstory', 'another_rule');
    },
    'SDK 4 or 5, whose decisions have no ids'(visitor, variation, at) {
      decide(visitor, variation, at, { decision: { experimentId: null, variationId: null } });
      count(visitor, variation, BOTH);
      perhapsConvert(visitor, variation, at, BOTH);
    },
    'no include'(visitor, variation, at) {
      decide(visitor, variation, at, { include: [] });
      const device = { ...visitor, id: `device ${visitor.device}` };
      count(visitor, variation, ['optimizely'], 'visitor_unknown_to_fullstory');
      count(device, variation, ['fullstory'], 'no_user_id');
      act(visitor, at + HOUR, BOTH);
      truth.conversion[variation].optimizely.converted.add(visitor.id);
      truth.conversion[variation].fullstory.converted.add(device.id);
    },
    'sees two variations'(visitor, variation, at) {
      const other = variation === 'control' ? 'treatment' : 'control';
      decide(visitor, variation, at);
      decide(visitor, other, at + 10 * MINUTE);
      decide(visitor, other, at + 11 * MINUTE);
      // One day of the export is loaded twice.
      exports.decisions.push(exports.decisions[exports.decisions.length - 1] as OptimizelyDecision);
      count(visitor, variation, BOTH);
      count(visitor, other, BOTH);
      act(visitor, at + HOUR, BOTH);
      for (const side of BOTH) {
        truth.conversion[variation][side].visitors.delete(visitor.id);
        truth.conversion[other][side].visitors.delete(visitor.id);
      }
      truth.twoVariations.set(visitor.id, [
        { variation, at, optimizely: 1, fullstory: 1 },
        { variation: other, at: at + 10 * MINUTE, optimizely: 2, fullstory: 2 },
      ]);
    },
    'sees two variations, of which FullStory has one'(visitor, variation, at) {
      const other = variation === 'control' ? 'treatment' : 'control';
      decide(visitor, variation, at);
      decide(visitor, other, at + 3 * DAY, { fullstory: false });
      count(visitor, variation, BOTH);
      count(visitor, other, ['optimizely'], 'event_lost');
      truth.conversion[variation].optimizely.visitors.delete(visitor.id);
      truth.conversion[other].optimizely.visitors.delete(visitor.id);
      truth.twoVariations.set(visitor.id, [
        { variation, at, optimizely: 1, fullstory: 1 },
        { variation: other, at: at + 3 * DAY, optimizely: 1, fullstory: 0 },
      ]);
    },
    'two users on one device'(visitor, variation, at) {
      const other = variation === 'control' ? 'treatment' : 'control';
      const second = { ...meet(), device: visitor.device };
      decide(visitor, variation, at);
      // The second user's session gets the first user's current decision, and then decides for itself.
      decide(visitor, variation, at, { optimizely: false, fullstory: { after: HOUR, session: 3 } });
      decide(second, other, at + HOUR + MINUTE);
      act(second, at + 2 * HOUR, BOTH);
      count(visitor, variation, BOTH);
      count(second, other, BOTH);
      BOTH.forEach((side) => {
        truth.conversion[other][side].converted.add(second.id);
      });
    },
    'FullStory syncs a row again'(visitor, variation, at) {
      decide(visitor, variation, at);
      const event = exports.fullstory[exports.fullstory.length - 1] as FullStoryEvent;
      exports.fullstory.push({ ...event, updated_time: at + DAY });
      count(visitor, variation, BOTH);
    },
    'FullStory takes a row back and puts another in its place'(visitor, variation, at) {
      decide(visitor, variation, at);
      // At first FullStory had it at another time.
      const event = exports.fullstory[exports.fullstory.length - 1] as FullStoryEvent;
      const wrong = {
        ...event,
        event_id: `${event.event_id}-before`,
        event_time: new Date(at + 3 * HOUR).toISOString(),
      };
      exports.fullstory.push(wrong, { ...wrong, event_type: null, updated_time: at + 2 * HOUR });
      count(visitor, variation, BOTH);
    },
    'at the first moment of the period'(visitor, variation) {
      decide(visitor, variation, BEGINS, { fullstory: { after: 0 } });
      count(visitor, variation, BOTH);
    },
    'at the last moment, of both period and day'(visitor, variation) {
      decide(visitor, variation, ENDS - 1, { fullstory: { after: 5 * MINUTE }, optimizely: false });
      count(visitor, variation, ['fullstory'], 'not_exported_yet');
    },
    'just before the period'(visitor, variation) {
      decide(visitor, variation, BEGINS - 1, { fullstory: { after: 5 * MINUTE } });
    },
    'hours before the period, within its day elsewhere'(visitor, variation) {
      decide(visitor, variation, BEGINS - 6 * HOUR);
    },
    'hours after the period'(visitor, variation) {
      decide(visitor, variation, ENDS + 6 * HOUR, { optimizely: false });
    },
    'at midnight, so that the file is another day’s'(visitor, variation, at) {
      decide(visitor, variation, Math.ceil(at / DAY) * DAY - SECOND, { fullstory: { after: 1500 } });
      count(visitor, variation, BOTH);
    },
    'another experiment'(visitor, variation, at) {
      const ids = {
        experiment_id: '9300000002',
        variation_id: variation === 'control' ? '9300000021' : '9300000022',
      };
      decide(visitor, variation, at, {
        optimizely: ids,
        decision: {
          flagKey: 'search_ranking',
          ruleKey: 'ranking_test',
          experimentId: ids.experiment_id,
          variationId: ids.variation_id,
        },
      });
    },
  };
}

/** Runs an experiment with a few hundred visitors, with the faults of real pages. */
export function simulateExperiment(seed: number): { exports: Exports; truth: Truth } {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    return simulate(seed);
  } finally {
    vi.useRealTimers();
  }
}

function simulate(seed: number): { exports: Exports; truth: Truth } {
  const world = createWorld(seed);
  const { exports, truth, between, moment, either, meet, decide } = world;
  for (const happen of Object.values(happeningsIn(world))) {
    for (let times = between(2, 12); times > 0; times--) happen(meet(), either(), moment());
  }
  // The export's last row.
  decide(meet(), 'control', LAST_EXPORTED, {
    fullstory: false,
    optimizely: { experiment_id: '9300000002', variation_id: '9300000021' },
  });
  return { exports, truth };
}
