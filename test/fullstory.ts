import { vi } from 'vitest';
import {
  type FullStoryDouble,
  type FullStoryDoubleOptions,
  installFullStory,
  type Operation,
  type Stub,
} from '../e2e/doubles/fullstory.ts';

/** The global that a page holds, and what FullStory has taken. */
export interface FullStory {
  FS: Stub;
  double: FullStoryDouble;
}

type Environment = Parameters<typeof installFullStory>[0];

/**
 * Runs FullStory's snippet and its script in the window of a unit test, with the test's clock.
 *
 * @param page its cookie, and its listeners if FullStory has some.
 */
export function comeFullStory(
  page: Pick<Environment, 'load' | 'save'> & Partial<Pick<Environment, 'listen'>>,
  options: FullStoryDoubleOptions = {},
  name = 'FS',
): FullStory {
  const FS: Stub = (...operation: Operation) => (FS._api ? FS._api(...operation) : FS.q?.push(operation));
  FS.q = [];
  vi.stubGlobal(name, FS);
  const double = installFullStory(
    {
      stub: FS,
      isChildFrame: false,
      ready: () => {},
      now: () => Date.now(),
      setTimeout: (callback, ms) => void setTimeout(callback, ms),
      ...page,
    },
    { delay: 5, ...options },
  );
  return { FS, double };
}
