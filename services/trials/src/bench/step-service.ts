import { LoanClosed, LoanDisbursed } from '@millrace/contracts';
import { consume, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { BaseConfig, defineService } from '@millrace/service';

export const STEP_SCHEMA = 'bench';

const UPSERT_ACCOUNT = `insert into account (account_id, paid_minor, events) values ($1, $2, 1)
on conflict (account_id) do update set paid_minor = account.paid_minor + excluded.paid_minor, events = account.events + 1`;

/** A handler of the size that most of ours have: one statement on its aggregate, one event. */
export class OnLoanDisbursed implements EventHandler<LoanDisbursed> {
  async handle({ payload }: ReceivedEvent<LoanDisbursed>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, amountMinor } = payload;
    await tx.query(UPSERT_ACCOUNT, [loanId, amountMinor]);
    tx.emit(new LoanClosed({ applicationId, loanId }));
  }
}

export const STEP_EVENTS = [consume(LoanDisbursed, OnLoanDisbursed)];

/** A service for its schema, role and messaging tables; only its consumer runs. */
export const stepService = defineService({
  name: 'bench',
  schema: STEP_SCHEMA,
  config: BaseConfig,
  migrations: new URL('./migrations', import.meta.url),
  capabilities: [{ name: 'step', consumes: STEP_EVENTS }],
});
