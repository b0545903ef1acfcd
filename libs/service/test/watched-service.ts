import { DomainEvent, Event, TOPICS } from '@millrace/contracts';
import { consume, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { Inject } from '@nestjs/common';
import { IsInt, IsUUID } from 'class-validator';
import { BaseConfig, Setting } from '../src/config.js';
import type { ProviderClient } from '../src/http-client.js';
import { ProviderClients } from '../src/provider-clients.js';
import type { JobHandler } from '../src/capability.js';
import { defineService } from '../src/service-definition.js';

@Event({
  type: 'test.watched.asked',
  version: 1,
  producer: 'loan-application',
  topic: TOPICS.loanApplication,
  keyField: 'applicationId',
  summary: 'For tests.',
})
export class Asked extends DomainEvent<Asked> {
  @IsUUID() applicationId!: string;
  /** Port of the outside party that the job is to call; 0 is refused by the handler. */
  @IsInt() port!: number;
}

class WatchedConfig extends BaseConfig {
  @Setting({ env: 'MILLRACE_WATCHED_PORT', description: 'Port.' })
  declare port: number;

  @Setting({ env: 'MILLRACE_WATCHED_DATABASE_URL', description: 'Database.' })
  declare databaseUrl: string;
}

class OnAsked implements EventHandler<Asked> {
  async handle({ payload }: ReceivedEvent<Asked>, tx: EventTransaction): Promise<void> {
    if (payload.port === 0) throw new Error('nobody can be called on port 0');
    tx.addJob('call', { port: payload.port }, { maxAttempts: 1 });
  }
}

/** Calls its party once, and fails with it. */
export class Call implements JobHandler {
  #client: ProviderClient | undefined;

  constructor(@Inject(ProviderClients) private readonly clients: ProviderClients) {}

  async run({ port }: Record<string, unknown>): Promise<void> {
    const options = { timeoutMs: 1_000, retries: 0, breakerFailures: 2, breakerResetMs: 60_000 };
    this.#client ??= this.clients.create({ name: 'party', baseUrl: `http://127.0.0.1:${Number(port)}`, ...options });
    await this.#client.request({ method: 'GET', path: '/' });
  }
}

/** A service with an event, a job and an outside party, to be looked at by an operator. */
export const watched = defineService({
  name: 'watched',
  schema: 'watched',
  config: WatchedConfig,
  migrations: new URL('./', import.meta.url),
  capabilities: [{ name: 'asking', consumes: [consume(Asked, OnAsked)], produces: [Asked], jobs: { call: Call } }],
});
