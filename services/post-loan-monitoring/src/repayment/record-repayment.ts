import { businessDate, RepaymentReceived, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { policyPackByVersion } from '@millrace/policy';
import { CLOCK, contentHash, contextOf, idReused, Problem, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { entryOf } from '../ledger/journal-entry.js';
import { emitIfSettled } from '../loan/emit-if-settled.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { lockAccount } from '../loan/read-account.js';
import { storeMovement } from '../loan/store-movement.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { interestIn, principalIn, sumOf, type Posting } from './posting.js';
import { readRepayment, type RepaymentView } from './read-repayments.js';
import { receiveRepayment } from './receive-repayment.js';
import type { RecordRepaymentDto } from './repayment.dto.js';
import { recognise, transferRefusal, type KnownTransfer, type Recognition } from './repayment-policy.js';

const UNIQUE_VIOLATION = '23505';

const KNOWN = `
select 'id' as by, loan_id as "loanId", repayment_id as "repaymentId", content_sha256 as "contentSha256" from repayment where loan_id = $1 and repayment_id = $2
union all
select 'duplicate_id', loan_id, duplicate_of, content_sha256 from repayment_duplicate where loan_id = $1 and repayment_id = $2
union all
select 'bank_reference', loan_id, repayment_id, content_sha256 from repayment where tenant_id = $3 and bank_reference = $4`;

const INSERT = `
insert into repayment (loan_id, repayment_id, tenant_id, entry_id, amount_minor, currency, bank_reference, received_on, value_on, content_sha256, fees_minor,
  penalty_minor, interest_minor, principal_minor, unallocated_minor, waived_interest_minor, outstanding_principal_minor, settled_loan, recorded_at, recorded_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`;

/** The answer to a report of a transfer; `created` is false for one that was known. */
export interface RecordedRepayment {
  readonly created: boolean;
  readonly view: RepaymentView;
}

/** A report of one transfer, with the hash of its content. */
interface Report extends RecordRepaymentDto {
  readonly repaymentId: string;
  readonly contentSha256: string;
}

/** Takes in money that the borrower has paid; row, schedule, journal, loan and events commit together (S16, R-OP-09). */
@Injectable()
export class RecordRepayment {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `ID_REUSED`, `BANK_REFERENCE_REUSED` and what {@link transferRefusal} names. */
  async record(principal: Principal, loanId: string, repaymentId: string, body: RecordRepaymentDto): Promise<RecordedRepayment> {
    const report: Report = { ...body, repaymentId, contentSha256: contentHash(body) };
    try {
      return await this.runner.run(contextOf(principal), (tx) => this.#record(tx, principal, loanId, report));
    } catch (error) {
      // Two loans' locks do not keep one transfer from being reported to both at once; the reference does.
      const { code, constraint } = error as { code?: string; constraint?: string };
      if (code === UNIQUE_VIOLATION && constraint === 'repayment_bank_reference') throw bankReferenceReused();
      throw error;
    }
  }

  async #record(tx: EventTransaction, principal: Principal, loanId: string, report: Report): Promise<RecordedRepayment> {
    const account = visibleLoan(principal, await lockAccount(tx, loanId));
    if (principal.kind !== 'partner') requireRole(principal, 'payment_officer');
    const now = this.clock.now();
    const { rows } = await tx.query<KnownTransfer & Record<string, unknown>>(KNOWN, [
      account.loanId,
      report.repaymentId,
      account.tenantId,
      report.bankReference,
    ]);
    const recognition = recognise(rows, account.loanId, report.contentSha256);
    if (recognition.kind !== 'new') return this.#answerKnown(tx, account.loanId, report, recognition, now);
    const refusal = transferRefusal(report, account, businessDate(now));
    if (refusal) {
      const { field, ...problem } = refusal;
      throw new Problem({ status: 422, ...problem, errors: [{ field, message: problem.title }] });
    }
    await this.#receive(tx, principal, account, report, now);
    return { created: true, view: await readRepayment(tx, account.loanId, report.repaymentId, report.repaymentId) };
  }

  async #answerKnown(
    tx: EventTransaction,
    loanId: string,
    { repaymentId, contentSha256 }: Report,
    recognition: Exclude<Recognition, { kind: 'new' }>,
    now: Date,
  ): Promise<RecordedRepayment> {
    if (recognition.kind === 'id_reused') throw idReused('repayment');
    if (recognition.kind === 'bank_reference_reused') throw bankReferenceReused();
    if (recognition.kind === 'duplicate') {
      await tx.query('insert into repayment_duplicate (loan_id, repayment_id, duplicate_of, content_sha256, recorded_at) values ($1, $2, $3, $4, $5)', [
        loanId,
        repaymentId,
        recognition.repaymentId,
        contentSha256,
        now,
      ]);
    }
    return { created: false, view: await readRepayment(tx, loanId, recognition.repaymentId, repaymentId) };
  }

  async #receive(tx: EventTransaction, principal: Principal, before: LoanAccount, report: Report, now: Date): Promise<void> {
    const { repaymentId, receivedOn, bankReference } = report;
    const { repayment: rules } = policyPackByVersion(before.policyVersion);
    const amountMinor = BigInt(report.amountMinor);
    const { account: after, postings } = receiveRepayment(before, { amountMinor, receivedOn }, businessDate(now), rules);
    const entries = postings.map((posting) => entryOf(posting, repaymentId));
    const own = postings.findIndex(({ kind }) => kind === 'REPAYMENT');
    const posting = postings[own]!;
    await storeMovement(tx, before, after, entries, now);
    await tx.query(INSERT, repaymentValues(before, after, report, posting, entries[own]!.entryId, now, principal.id));
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
    emitIfSettled(tx, before, after);
  }
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

function repaymentValues(before: LoanAccount, after: LoanAccount, report: Report, posting: Posting, entryId: string, now: Date, recordedBy: string): unknown[] {
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
    waivedMinor(after) - waivedMinor(before),
    after.outstandingPrincipalMinor,
    before.status !== after.status,
    now,
    recordedBy,
  ];
}

function bankReferenceReused(): Problem {
  return new Problem({
    status: 409,
    code: 'BANK_REFERENCE_REUSED',
    title: 'This bank reference already names another transfer.',
    detail: 'One transfer is one amount, received on one day, for one loan. Compare it with the bank’s own record. Nothing was changed.',
  });
}
