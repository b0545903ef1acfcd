import { formatMinor, LoanFileClosed } from '@millrace/contracts';
import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { writeLetter } from '../letter/write-letter.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { moveLoans } from '../loan/move-loans.js';
import { readAccountsById } from '../loan/read-account.js';

/** Loans of one transaction. */
const BATCH = 200;
const MONTHS_PER_YEAR = 12;

/** What keeps the file open: money of the borrower that is to be given back, a case in court, and a change that people have not decided. */
const CLOSABLE = `l.held_minor = 0 and not exists (select from legal_case c where c.loan_id = l.loan_id and c.closed_on is null)
  and not exists (select from loan_change c where c.loan_id = l.loan_id and c.state = 'requested')`;

/** A loan whose money is being moved is left to the next day. */
const TAKE = `
select l.loan_id as "loanId", e.lettered_on is null as "isUnlettered", e.settled_on <= $3 and ${CLOSABLE} as "isToClose" from loan_ending e join loan l using (loan_id)
where e.tenant_id = $1 and l.status = 'SETTLED' and e.settled_on <= $2 and (e.lettered_on is null or (e.settled_on <= $3 and ${CLOSABLE}))
order by e.settled_on, l.loan_id limit ${BATCH} for no key update of l skip locked`;

const LETTERED = 'update loan_ending set lettered_on = $2 where loan_id = any($1)';
const CLOSE =
  'update loan l set closed_on = $2, retain_until = g.retain_until from unnest($1::uuid[], $3::date[]) as g(loan_id, retain_until) where l.loan_id = g.loan_id';
const FORGET = 'delete from loan_ending where loan_id = any($1)';

interface Ending extends Record<string, unknown> {
  readonly loanId: string;
  readonly isUnlettered: boolean;
  readonly isToClose: boolean;
}

/**
 * Ends some of the loans of which nothing is owed any more by the end of a day: each gets its letter of settlement, and after the days that a bank may take money
 * back in its file is closed (R-PL-06, M-RC-02, M-RC-03).
 * @returns how many were ended or got their letter; 0 where none is left that can
 */
export async function endLoans(tx: EventTransaction, tenantId: string, day: IsoDate, closesAfterDays: number, now: Date): Promise<number> {
  const { rows } = await tx.query<Ending>(TAKE, [tenantId, day, addDays(day, -closesAfterDays)]);
  if (rows.length === 0) return 0;
  const byId = await readAccountsById(
    tx,
    rows.map(({ loanId }) => loanId),
  );
  const lettered = rows.filter(({ isUnlettered }) => isUnlettered).map(({ loanId }) => byId.get(loanId)!);
  for (const account of lettered) await writeSettlement(tx, account, day, now);
  await tx.query(LETTERED, [lettered.map(({ loanId }) => loanId), day]);
  await closeFiles(
    tx,
    rows.filter(({ isToClose }) => isToClose).map(({ loanId }) => byId.get(loanId)!),
    day,
    now,
  );
  return rows.length;
}

/** 结清证明: nothing is owed to the lender any more. A loan that is owed again and is settled anew gets another. */
async function writeSettlement(tx: EventTransaction, account: LoanAccount, writtenOn: IsoDate, now: Date): Promise<void> {
  const { contractId, loanId, disbursedOn, principalMinor } = account;
  const settledOn = account.settledOn!;
  const values = { contractId, loanId, writtenOn, disbursedOn, settledOn, principalYuan: formatMinor(principalMinor) };
  await writeLetter(tx, account, { kind: 'settlement', about: settledOn, values, writtenOn }, now);
}

async function closeFiles(tx: EventTransaction, accounts: readonly LoanAccount[], closedOn: IsoDate, now: Date): Promise<void> {
  if (accounts.length === 0) return;
  const loanIds = accounts.map(({ loanId }) => loanId);
  const retained = accounts.map((account) => retainUntilOf(account, closedOn));
  await tx.query(CLOSE, [loanIds, closedOn, retained]);
  await tx.query(FORGET, [loanIds]);
  const moves = accounts.map((loan, at) => ({
    ...{ loan, trigger: 'FileClosed' as const, reason: 'FILE_CLOSED' },
    evidence: { settledOn: loan.settledOn, retainUntil: retained[at] },
  }));
  await moveLoans(tx, moves, closedOn, now);
  for (const [at, { applicationId, loanId, settledOn }] of accounts.entries())
    tx.emit(new LoanFileClosed({ applicationId, loanId, closedOn, settledOn: settledOn!, retainUntil: retained[at]! }));
}

const retainUntilOf = ({ policyVersion }: LoanAccount, closedOn: IsoDate): IsoDate =>
  addMonths(closedOn, policyInForce(policyOf(policyVersion).lenderType, closedOn).recovery.retentionYears * MONTHS_PER_YEAR);
