import { businessDate, LoanRecoveryReceived, RepaymentReceived } from '@millrace/contracts';
import { addDays } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { judgePromises } from '../collection-case/judge-promises.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { compensate } from '../guarantee-life/compensate.js';
import { emitStatus } from '../loan/emit-status.js';
import { lockAccount } from '../loan/read-account.js';
import { restateLoan } from '../loan/restate-loan.js';
import { standAgain } from '../standing/stand-again.js';
import { interestIn, principalIn, sumOf, type Posting } from '../ledger/posting.js';
import type { RepaymentReport } from './announcement.js';
import { tellPrepaid } from './tell-prepaid.js';

/** A transfer as a line of the bank's statement shows it. */
export interface ShownTransfer extends RepaymentReport {
  readonly lineId: string;
}

const INSERT = `
insert into repayment (loan_id, repayment_id, tenant_id, entry_id, amount_minor, currency, bank_reference, received_on, value_on, content_sha256, fees_minor,
  penalty_minor, interest_minor, principal_minor, unallocated_minor, waived_interest_minor, outstanding_principal_minor, settled_loan, recorded_at, recorded_by, line_id,
  prepayment_effect)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`;

/** Books a transfer on its loan, whose row is locked: repayment, schedule, journal, loan and events commit together (S16, R-OP-09). */
export async function bookRepayment(tx: EventTransaction, recordedBy: string, before: LoanAccount, shown: ShownTransfer, now: Date): Promise<void> {
  // Of a loan that was called in or written off all is due: there is nothing to repay early.
  const report = before.acceleratedOn === null && before.writtenOffOn === null ? shown : { ...shown, prepaymentEffect: null };
  const { repaymentId, receivedOn, bankReference, prepaymentEffect } = report;
  const movement = { repaymentId, valueOn: receivedOn, amountMinor: BigInt(report.amountMinor), prepaymentEffect };
  const { loan, after, entries } = await restateLoan(tx, before, [...before.movements, movement], businessDate(now), now);
  const posting = loan.postings.find((one) => one.kind === 'REPAYMENT' && one.movementId === repaymentId) as Posting;
  const entry = entries.find(({ sourceId }) => sourceId === repaymentId)!;
  await tx.query(INSERT, repaymentValues(before, after, report, posting, entry.entryId, now, recordedBy));
  // Whose money it is comes before what becomes of the guarantees: a guarantor whose money has ended the loan is not released.
  const isGuaranteed = before.guaranteeStatus !== null;
  const compensated = isGuaranteed ? await compensate(tx, (await lockAccount(tx, before.loanId))!, bankReference, now) : undefined;
  await standAgain(tx, after, businessDate(now), now);
  tx.emit(
    new RepaymentReceived({
      applicationId: before.applicationId,
      loanId: before.loanId,
      repaymentId,
      amountMinor: report.amountMinor,
      receivedOn,
      bankReference,
      allocation: allocationOf(posting),
      outstandingPrincipalMinor: String(after.outstandingPrincipalMinor),
    }),
  );
  tellPrepaid(tx, before, after, movement, posting);
  if (before.writtenOffOn !== null) tx.emit(recoveryOf(before, after, report));
  // Only a loan that was late has promises.
  if (before.status !== 'ACTIVE') await judgePromises(tx, [before.loanId], businessDate(now), addDays(businessDate(now), -1));
  emitStatus(tx, before, after);
  if (compensated) tx.emit(compensated);
}

/** Money for a loan that is in the books no more (R-PL-06). */
function recoveryOf({ applicationId, loanId }: LoanAccount, { outstandingPrincipalMinor }: LoanAccount, report: RepaymentReport): LoanRecoveryReceived {
  const { repaymentId, amountMinor, receivedOn } = report;
  return new LoanRecoveryReceived({
    applicationId,
    loanId,
    repaymentId,
    amountMinor,
    receivedOn,
    outstandingPrincipalMinor: String(outstandingPrincipalMinor),
  });
}

function allocationOf({ lines, unallocatedMinor }: Posting): RepaymentReceived['allocation'] {
  return {
    feesMinor: String(sumOf(lines, ['fees'])),
    penaltyMinor: String(sumOf(lines, ['penalty'])),
    interestMinor: String(interestIn(lines)),
    principalMinor: String(principalIn(lines)),
    unallocatedMinor: String(unallocatedMinor),
  };
}

function waivedMinor({ instalments }: LoanAccount): bigint {
  return instalments.reduce((total, row) => total + row.waivedInterestMinor, 0n);
}

function repaymentValues(
  before: LoanAccount,
  after: LoanAccount,
  report: ShownTransfer,
  posting: Posting,
  entryId: string,
  now: Date,
  recordedBy: string,
): unknown[] {
  const { feesMinor, penaltyMinor, interestMinor, principalMinor, unallocatedMinor } = allocationOf(posting);
  return [
    before.loanId,
    report.repaymentId,
    before.tenantId,
    entryId,
    report.amountMinor,
    report.currency,
    report.bankReference,
    report.receivedOn,
    posting.valueOn,
    report.contentSha256,
    feesMinor,
    penaltyMinor,
    interestMinor,
    principalMinor,
    unallocatedMinor,
    // A repayment that is told late may make less of the interest be waived than before.
    waivedMinor(after) > waivedMinor(before) ? waivedMinor(after) - waivedMinor(before) : 0n,
    after.outstandingPrincipalMinor,
    before.status !== after.status,
    now,
    recordedBy,
    report.lineId,
    report.prepaymentEffect,
  ];
}
