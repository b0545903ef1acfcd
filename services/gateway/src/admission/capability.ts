import type { Clock } from '@millrace/contracts';
import { CLOCK, defineCapability, LOGGER, MetricsRegistry, openSharedStore, SHARED_STORE } from '@millrace/service';
import type { Logger } from 'pino';
import { GatewayConfig } from '../config.js';
import { CloseSharedStore } from './close-shared-store.js';

/** What is asked before it is known who calls: by which address one is counted, whose turn it is, and which routes are public. */
export const admission = defineCapability({
  name: 'admission',
  face: ['address-of', 'fair-slots', 'public'],
  providers: [
    {
      provide: SHARED_STORE,
      inject: [GatewayConfig, CLOCK, MetricsRegistry, LOGGER],
      useFactory: ({ redisUrl }: GatewayConfig, clock: Clock, metrics: MetricsRegistry, logger: Logger) =>
        openSharedStore({ redisUrl, clock, metrics, logger }),
    },
    CloseSharedStore,
  ],
});
