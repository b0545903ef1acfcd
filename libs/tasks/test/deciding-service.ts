import { DomainEvent, Event, TOPICS } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { BaseConfig, defineService, Setting } from '@millrace/service';
import { IsString, IsUUID, MaxLength } from 'class-validator';
import { cannotBeDone, decidedBy, type DecidedTask, type TaskHandler, type TaskKind } from '../src/index.js';
import { QUESTION } from './question.task.js';

@Event({
  type: 'test.deciding.settled',
  version: 1,
  producer: 'loan-application',
  topic: TOPICS.loanApplication,
  keyField: 'applicationId',
  summary: 'For tests.',
})
export class Settled extends DomainEvent<Settled> {
  @IsUUID() applicationId!: string;
  @IsString() @MaxLength(60) decision!: string;
}

class DecidingConfig extends BaseConfig {
  @Setting({ env: 'MILLRACE_DECIDING_PORT', description: 'Port.' })
  declare port: number;

  @Setting({ env: 'MILLRACE_DECIDING_DATABASE_URL', description: 'Database.' })
  declare databaseUrl: string;
}

/** Keeps each decision in a row and tells of it by an event: both show how often it was applied. */
class Settle implements TaskHandler {
  async apply({ taskId, decision, subject, parameters }: DecidedTask, tx: EventTransaction): Promise<void> {
    if (decision === 'refuse') return;
    if (parameters['paidOn'] === '2026-01-01') throw cannotBeDone('a holiday is no day of payment');
    await tx.query('insert into settled (task_id, decision) values ($1, $2)', [taskId, decision]);
    tx.emit(new Settled({ applicationId: subject['applicationId']!, decision }));
  }
}

/** One person decides, independent of the maker and of who decided before. */
export const REVIEW: TaskKind = {
  kind: 'test-review',
  question: 'May it go on?',
  subject: 'application',
  roles: ['credit_approver'],
  vote: { kind: 'one-person' },
  independentOf: ['maker', 'accountManager', 'decider'],
  due: 'given',
  decisions: [
    { name: 'approve', meaning: 'It goes on.', parameters: {}, reasons: ['CASH_FLOW_SOUND', 'LOOKED_AT'] },
    { name: 'reject', meaning: 'It ends.', parameters: {}, reasons: ['AFFORDABILITY', 'FRAUD_CONFIRMED'] },
  ],
};

/** The credit committee as the approval matrix wants it (R-UW-05): three of five, two thirds, a veto of the head of risk, and no conflict of interest. */
export const COMMITTEE: TaskKind = {
  kind: 'credit-committee',
  question: 'Does the committee approve the loan?',
  subject: 'application',
  roles: ['credit_approver', 'risk_officer'],
  vote: { kind: 'committee', seats: 5, quorum: 3, yes: 'approve', no: 'reject', majority: { of: 2, outOf: 3 }, vetoRole: 'risk_officer' },
  independentOf: ['maker', 'accountManager', 'decider'],
  due: { hours: 72 },
  decisions: [
    { name: 'approve', meaning: 'The loan is approved.', parameters: {}, reasons: ['CASH_FLOW_SOUND', 'LOOKED_AT'] },
    { name: 'reject', meaning: 'The loan is refused.', parameters: {}, reasons: ['AFFORDABILITY', 'DECLINED'] },
  ],
};

/** A service with one kind of each sort. */
export const deciding = defineService({
  name: 'deciding',
  schema: 'deciding',
  config: DecidingConfig,
  migrations: new URL('./migrations', import.meta.url),
  capabilities: [{ name: 'question', produces: [Settled], taskKinds: [decidedBy(QUESTION, Settle), decidedBy(REVIEW, Settle), decidedBy(COMMITTEE, Settle)] }],
});
