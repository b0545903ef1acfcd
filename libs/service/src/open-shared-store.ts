import type { Clock } from '@millrace/contracts';
import type { Logger } from 'pino';
import { FallbackSharedStore } from './fallback-shared-store.js';
import { MemorySharedStore } from './memory-shared-store.js';
import type { MetricsRegistry } from './metrics.js';
import { RedisSharedStore } from './redis-shared-store.js';
import type { SharedStore } from './shared-store.js';

/** What a shared store needs of its service. */
export interface OpenSharedStoreOptions {
  /** Redis that all instances share; without one the store is this process's own. */
  readonly redisUrl: string | undefined;
  readonly clock: Clock;
  readonly metrics: MetricsRegistry;
  readonly logger: Logger;
}

/** The store that a service's settings name. With Redis away, now or later, the service goes on with limits of its own, and says so in metrics and log. */
export function openSharedStore({ redisUrl, clock, metrics, logger }: OpenSharedStoreOptions): SharedStore {
  const own = new MemorySharedStore(clock);
  if (redisUrl === undefined) return own;
  const redis = new RedisSharedStore({ url: redisUrl, onError: (error) => logger.debug({ err: error }, 'Redis trouble; it is tried again') });
  const store = new FallbackSharedStore(redis, own, (reason) => {
    if (reason) logger.warn({ err: reason }, 'Redis is away: counters and limits hold for this instance alone');
    else logger.info('Redis is back: counters and limits are shared again');
  });
  metrics.gauge('millrace_shared_store_fallback', '1 while Redis is away and limits hold for this instance alone.', async () => (store.inFallback ? 1 : 0));
  return store;
}
