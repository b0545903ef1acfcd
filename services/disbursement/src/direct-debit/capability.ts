import { DirectDebitCollected, DirectDebitFailed, DirectDebitRequested } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { CountUnknownDebits } from './count-unknown-debits.js';
import { DebitClient, DIRECT_DEBIT } from './debit-client.js';
import { DEBIT_PROCESS, DEBIT_SUBJECT } from './debit-process.js';
import { INSTRUCT_DEBIT } from './debit-turn.js';
import { DirectDebit } from './direct-debit.entity.js';
import { InstructDebit } from './instruct-debit.js';
import { OnDirectDebitRequested } from './on-direct-debit-requested.js';
import { RecordDebit } from './record-debit.js';
import { TakeUpDebits } from './take-up-debits.js';

/** Money that may hang at the bank (S13). */
const UNKNOWN_DEBITS = `select 'outcome unknown' as label, count(*)::int as count,
  extract(epoch from $1::timestamptz - min(created_at))::float8 as "oldestSeconds" from direct_debit where status = 'UNKNOWN' and next_action_at is not null`;

/** What the books order to be debited from the account that a loan was paid to, from the order to what the bank says became of it. */
export const directDebit = defineCapability({
  name: 'direct-debit',
  providers: [DebitClient, RecordDebit, CountUnknownDebits],
  entities: [DirectDebit],
  processes: [DEBIT_PROCESS],
  histories: [DEBIT_SUBJECT],
  outsideParties: [DIRECT_DEBIT],
  consumes: [consume(DirectDebitRequested, OnDirectDebitRequested)],
  produces: [DirectDebitCollected, DirectDebitFailed],
  jobs: { [INSTRUCT_DEBIT]: InstructDebit },
  tickers: [{ intervalMs: 1_000, ticker: TakeUpDebits }],
  figures: [{ name: 'direct debits', sql: UNKNOWN_DEBITS }],
});
