import { DomainEvent, Event, TOPICS } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { Module } from '@nestjs/common';
import { IsUUID } from 'class-validator';
import { BaseConfig, Setting } from '../src/config.js';
import { HeldDecisionRefused, type DecidedHeldItem, type HeldItemHandler, type HeldKind } from '../src/held-kind.js';
import { defineService } from '../src/service-definition.js';

@Event({
  type: 'test.holding.settled',
  version: 1,
  producer: 'loan-application',
  topic: TOPICS.loanApplication,
  keyField: 'applicationId',
  summary: 'For tests.',
})
export class Settled extends DomainEvent<Settled> {
  @IsUUID() applicationId!: string;
}

class HoldingConfig extends BaseConfig {
  @Setting({ env: 'MILLRACE_HOLDING_PORT', description: 'Port.' })
  declare port: number;

  @Setting({ env: 'MILLRACE_HOLDING_DATABASE_URL', description: 'Database.' })
  declare databaseUrl: string;
}

/** Tells of each decision by an event, which shows how often it was applied. */
class SettleQuestion implements HeldItemHandler {
  async apply({ decision, subject, parameters }: DecidedHeldItem, tx: EventTransaction): Promise<void> {
    if (decision === 'refuse') return;
    if (parameters['paidOn'] === '2026-01-01') throw new HeldDecisionRefused('a holiday is no day of payment');
    tx.emit(new Settled({ applicationId: subject['applicationId']! }));
  }
}

export const QUESTION: HeldKind = {
  kind: 'test-question',
  question: 'On which day was it?',
  decisions: [
    { name: 'paid-on', meaning: 'It was on this day.', parameters: { paidOn: 'date' } },
    { name: 'refuse', meaning: 'It was never.', parameters: {} },
  ],
  handler: SettleQuestion,
};

@Module({ providers: [SettleQuestion] })
class HoldingModule {}

/** A service with one kind of held items. */
export const holding = defineService({
  name: 'holding',
  schema: 'holding',
  config: HoldingConfig,
  module: HoldingModule,
  migrations: new URL('./migrations', import.meta.url),
  consumes: [],
  produces: [Settled],
  jobs: {},
  heldKinds: [QUESTION],
  tickers: [],
});
