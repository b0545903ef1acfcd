import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { TransactionRunner } from '@millrace/messaging';
import { BaseConfig } from './config.js';
import { Database } from './database.js';
import { FieldCipher } from './field-cipher.js';
import { HealthController } from './health.controller.js';
import { MetricsRegistry } from './metrics.js';
import { ProviderClients } from './provider-clients.js';
import { Readiness } from './readiness.js';
import { CLOCK, EVENT_LOG, LOGGER } from './tokens.js';

/** What the runtime has made before the service's own module is built. */
export interface ServiceCore {
  readonly config: BaseConfig;
  readonly database: Database;
  readonly runner: TransactionRunner;
  readonly metrics: MetricsRegistry;
  readonly readiness: Readiness;
  readonly providerClients: ProviderClients;
  readonly clock: unknown;
  readonly logger: unknown;
  readonly eventLog: unknown;
  readonly cipher: FieldCipher | undefined;
}

/** Providers that every service's module may inject. */
@Global()
@Module({})
export class ServiceCoreModule {
  static with(core: ServiceCore): DynamicModule {
    const providers: Provider[] = [
      { provide: core.config.constructor as new () => BaseConfig, useValue: core.config },
      { provide: BaseConfig, useValue: core.config },
      { provide: Database, useValue: core.database },
      { provide: TransactionRunner, useValue: core.runner },
      { provide: MetricsRegistry, useValue: core.metrics },
      { provide: Readiness, useValue: core.readiness },
      { provide: ProviderClients, useValue: core.providerClients },
      { provide: CLOCK, useValue: core.clock },
      { provide: LOGGER, useValue: core.logger },
      { provide: EVENT_LOG, useValue: core.eventLog },
      ...(core.cipher ? [{ provide: FieldCipher, useValue: core.cipher }] : []),
    ];
    return {
      module: ServiceCoreModule,
      providers,
      exports: providers.map((provider) => (provider as unknown as { provide: string }).provide),
      controllers: [HealthController],
    };
  }
}
