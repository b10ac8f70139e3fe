import { expect, it, vi } from 'vitest';
import { createBridge } from './index.ts';

it('does nothing on a server, and throws nothing', () => {
  vi.useFakeTimers();
  expect(typeof window).toBe('undefined');
  const addNotificationListener = vi.fn(() => 1);
  const client = { notificationCenter: { addNotificationListener, removeNotificationListener: () => true } };
  const bridge = createBridge({ client });
  expect(bridge.connect(client)).toBe(client);
  expect(addNotificationListener).not.toHaveBeenCalled();
  expect(bridge.status()).toMatchObject({ fullstory: 'absent', clients: 0, decisions: { seen: 0 } });
  bridge.disconnect();
  expect(vi.getTimerCount()).toBe(0);
});
