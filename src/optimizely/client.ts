export type { NotificationCenter, OptimizelyClient } from '../client.ts';
