import { BaseConfig } from '../src/config.js';
import { defineService, type ServiceDefinition } from '../src/service-definition.js';

class NoJob {
  async run(): Promise<void> {}
}

/** A service for its schema and its job tables only; who runs its jobs `work` is up to the suite. */
export function jobsOnlyService(schema: string): ServiceDefinition {
  return defineService({
    name: schema,
    schema,
    config: BaseConfig,
    migrations: new URL('migrations', import.meta.url),
    capabilities: [{ name: 'work', jobs: { work: NoJob } }],
  });
}
