import { DisbursementReturned, StatementLineStored } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { lockReturnable, returnPayout } from '../payout/return-payout.js';
import { judgeReturn, type ReturnLine } from './judge-return.js';

/** The loan of a payout stands in its own line of the statement, and mostly in the one that brings it back. */
const LOANS = `select loan_id as "loanId" from bank_line where tenant_id = $1 and bank_reference = $2 and direction = 'debit' and loan_id is not null`;

const KEEP = `
insert into payout_return as r (line_id, tenant_id, state, payout_id, noticed_at, settled_at) values ($1, $2, $3, $4, $5, case when $3 = 'waiting' then null else $5::timestamptz end)
on conflict (line_id) do update set state = excluded.state, payout_id = excluded.payout_id, settled_at = excluded.settled_at where r.state = 'waiting'`;

/**
 * Finds out what a line that brings money back is, and tells of it: a payout that is undone, or money that a person has to look at. One that waits is told of
 * when its payout has its answer.
 */
export async function settleReturn(tx: EventTransaction, line: ReturnLine, now: Date): Promise<void> {
  const { lineId, tenantId, returnOf } = line;
  const { rows } = await tx.query<{ loanId: string }>(LOANS, [tenantId, returnOf]);
  const loanIds = [...rows.map(({ loanId }) => loanId), ...(line.loanId === null ? [] : [line.loanId])];
  const payout = await lockReturnable(tx, tenantId, loanIds, returnOf);
  const verdict = judgeReturn(line, payout);
  await tx.query(KEEP, [lineId, tenantId, verdict, verdict === 'unmatched' ? null : payout!.payoutId, now]);
  const { amountMinor, currency, valueOn, bankReference } = line;
  const money = { lineId, tenantId, amountMinor, currency, valueOn, bookedAt: line.bookedAt.toISOString(), bankReference };
  // Of no loan, whatever its text says: it is none of the borrower's money, and a person has to find out what it is.
  if (verdict === 'unmatched') tx.emit(new StatementLineStored({ storyId: lineId, direction: 'credit', ...money, returnOf }));
  if (verdict !== 'returned') return;
  const { applicationId, loanId, payoutId } = payout!;
  await returnPayout(tx, payout!, lineId, now);
  tx.emit(new DisbursementReturned({ applicationId, loanId, payoutId, ...money }));
}
