import { LATE } from '../src/destinations/delays.ts';
import type { Destination } from '../src/destinations/destination.ts';
import type { Action, Setup } from './model-actions.ts';
import { type Call, createLedger, type Leaving, type ModelLimits } from './model-ledger.ts';
import type { Clock } from './page.ts';

/** A destination of a site's own, behind the same listener as FullStory: with sessions, limits and failures of its own. */

const LIMITS: ModelLimits = {
  event: { ours: [6, 3], all: [12, 6] },
  properties: { ours: [4, 2], all: [8, 4] },
};

type What = Extract<Action, { do: 'second' }>['what'];

export function createSecondDestination(setup: Setup, clock: Clock) {
  const ledger = createLedger(setup, clock.now, LIMITS);
  let session: string | undefined;
  let sessions = 0;
  let users = 0;
  let isFailing = false;
  let onChange: (() => void) | undefined;

  function begin(): void {
    session = `${++sessions}`;
  }

  function act(what: What): boolean {
    switch (what) {
      case 'begins':
        begin();
        break;
      case 'ends':
        if (!session) return false;
        session = undefined;
        break;
      case 'changes user':
        if (!session) return false;
        ledger.signIn(session);
        users++;
        begin();
        break;
      case 'fails':
        isFailing = true;
        break;
      case 'heals':
        if (!isFailing) return false;
        isFailing = false;
        break;
    }
    onChange?.();
    return true;
  }

  return {
    ledger,
    act,
    session: () => session ?? null,
    /** It works, and a session runs. */
    settle() {
      act('heals');
      if (!session) act('begins');
    },
    /** @param check runs the model's checks. */
    open(check: (run: (leaving: Leaving) => void) => void): Destination {
      function receive(kind: Call['kind'], name: string, given: Record<string, unknown>): void {
        if (isFailing) {
          check(() => kind === 'event' && ledger.threw(given));
          throw new Error('It throws');
        }
        const call: Call = {
          kind,
          name,
          properties: given,
          given,
          session: session ?? '',
          at: clock.now(),
          outcome: 'accepted',
          reason: '',
        };
        check((leaving) => ledger.receive(call, leaving, false));
      }

      return {
        name: 'Second',
        limits: {
          events: LIMITS.event.all,
          properties: LIMITS.properties.all,
          ours: { events: LIMITS.event.ours, properties: LIMITS.properties.ours },
        },
        look: () =>
          session
            ? { state: 'capturing', session, link: session, user: `${users}` }
            : { state: 'waiting', user: `${users}` },
        watch(callback) {
          onChange = callback;
          return () => {
            onChange = undefined;
          };
        },
        setProperties: (properties) => receive('properties', '', { ...properties }),
        trackEvent(event, { at }) {
          const late = clock.now() - at > LATE && { decided_at: new Date(at).toISOString() };
          receive('event', event.name, { ...event.properties, ...late });
        },
      };
    },
  };
}
