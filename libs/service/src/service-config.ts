import { IsInt, IsString, IsUrl, Max, Min } from 'class-validator';
import { BaseConfig, HIGHEST_PORT, OperationsPort, Setting } from './config.js';
import { INSIDE_SERVICES, SERVICES, serviceVariable, type InsideService, type ServiceName } from './service-registry.js';

/** Base of a service's settings class: its two ports and its database, named after it in the registry. */
export function serviceConfig(name: ServiceName): new () => BaseConfig {
  class ServiceConfig extends BaseConfig {
    @Setting({ env: serviceVariable(name, 'PORT'), description: `Port of ${name}.`, default: SERVICES[name].port })
    @IsInt()
    @Min(0)
    @Max(HIGHEST_PORT)
    declare port: number;

    @OperationsPort(serviceVariable(name, 'OPERATIONS_PORT'))
    declare operationsPort?: number;

    @Setting({ env: serviceVariable(name, 'DATABASE_URL'), description: `PostgreSQL URL with the own role of ${name}.`, secret: true })
    @IsString()
    declare databaseUrl: string;
  }
  return ServiceConfig;
}

/** Adds a setting for the base address of each service behind the gateway, under the service's name: `config.scoring` is `MILLRACE_SCORING_URL`. */
export function withServiceAddresses<C extends object>(config: new () => C): new () => C & Readonly<Record<InsideService, string>> {
  class WithAddresses extends (config as new () => object) {}
  for (const name of INSIDE_SERVICES) {
    const address = { env: serviceVariable(name, 'URL'), description: `Base address of ${name}.`, default: `http://127.0.0.1:${SERVICES[name].port}` };
    const isAddress = IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true });
    Reflect.defineMetadata('design:type', String, WithAddresses.prototype, name);
    for (const declare of [Setting(address), isAddress]) declare(WithAddresses.prototype, name);
  }
  return WithAddresses as new () => C & Readonly<Record<InsideService, string>>;
}
