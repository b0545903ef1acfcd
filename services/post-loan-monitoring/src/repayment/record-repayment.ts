import { businessDate, type Clock, contentHash } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { CLOCK, contextOf, idReused, Problem, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { lateChargesOf } from '../loan/play-account.js';
import { lockAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { bookRepayment, type RepaymentReport } from './book-repayment.js';
import { isKept } from './bank-reference.js';
import { holdRepayment, readHeldRepayment, type HeldRepaymentView } from './hold-repayment.js';
import { readRepayment, type RepaymentView } from './read-repayments.js';
import type { RecordRepaymentDto } from './repayment.dto.js';
import { exceedsWhatCanBeOwed, recognise, transferRefusal, type KnownTransfer, type Recognition } from './repayment-policy.js';

const UNIQUE_VIOLATION = '23505';

const KNOWN = `
select 'id' as by, loan_id as "loanId", repayment_id as "repaymentId", content_sha256 as "contentSha256" from repayment where loan_id = $1 and repayment_id = $2
union all
select 'duplicate_id', loan_id, duplicate_of, content_sha256 from repayment_duplicate where loan_id = $1 and repayment_id = $2
union all
select 'bank_reference', loan_id, repayment_id, content_sha256 from repayment where tenant_id = $3 and bank_reference = $4 and reversed_at is null
union all
select 'held_id', loan_id, repayment_id, content_sha256 from held_repayment where loan_id = $1 and repayment_id = $2
union all
select 'held_reference', loan_id, repayment_id, content_sha256 from held_repayment where tenant_id = $3 and bank_reference = $4 and state = 'held'`;

/** The answer to a report of a transfer: new, known already, or held for two persons. */
export type RecordedRepayment =
  { readonly outcome: 'created' | 'known'; readonly view: RepaymentView } | { readonly outcome: 'held'; readonly view: HeldRepaymentView };

/** Takes in money that the borrower has paid; row, schedule, journal, loan and events commit together (S16, R-OP-09). */
@Injectable()
export class RecordRepayment {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `ID_REUSED`, `BANK_REFERENCE_REUSED` and what {@link transferRefusal} names. */
  async record(principal: Principal, loanId: string, repaymentId: string, body: RecordRepaymentDto): Promise<RecordedRepayment> {
    const report: RepaymentReport = { ...body, repaymentId, contentSha256: contentHash(body) };
    try {
      return await this.runner.runInTurn(loanId, contextOf(principal), (tx) => this.#record(tx, principal, loanId, report));
    } catch (error) {
      // Two loans' locks do not keep one transfer from being reported to both at once; the reference does.
      const { code, constraint } = error as { code?: string; constraint?: string };
      if (code === UNIQUE_VIOLATION && (constraint === 'repayment_bank_reference' || constraint === 'held_repayment_bank_reference'))
        throw bankReferenceReused();
      throw error;
    }
  }

  async #record(tx: EventTransaction, principal: Principal, loanId: string, report: RepaymentReport): Promise<RecordedRepayment> {
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
    if (await isKept(tx, account.tenantId, report.bankReference)) throw moneyKept();
    const refusal = transferRefusal(report, account, businessDate(now));
    if (refusal) {
      const { field, ...problem } = refusal;
      throw new Problem({ status: 422, ...problem, errors: [{ field, message: problem.title }] });
    }
    if (exceedsWhatCanBeOwed(BigInt(report.amountMinor), account, () => lateChargesOf(account, report.receivedOn), policyOf(account.policyVersion).repayment)) {
      await holdRepayment(tx, principal.id, account, report, now);
      return { outcome: 'held', view: await readHeldRepayment(tx, account.loanId, report.repaymentId) };
    }
    await bookRepayment(tx, principal.id, account, report, now);
    return { outcome: 'created', view: await readRepayment(tx, account.loanId, report.repaymentId, report.repaymentId) };
  }

  async #answerKnown(
    tx: EventTransaction,
    loanId: string,
    { repaymentId, contentSha256 }: RepaymentReport,
    recognition: Exclude<Recognition, { kind: 'new' }>,
    now: Date,
  ): Promise<RecordedRepayment> {
    if (recognition.kind === 'id_reused') throw idReused('repayment');
    if (recognition.kind === 'bank_reference_reused') throw bankReferenceReused();
    if (recognition.kind === 'held') return { outcome: 'held', view: await readHeldRepayment(tx, loanId, recognition.repaymentId) };
    if (recognition.kind === 'duplicate') {
      await tx.query('insert into repayment_duplicate (loan_id, repayment_id, duplicate_of, content_sha256, recorded_at) values ($1, $2, $3, $4, $5)', [
        loanId,
        repaymentId,
        recognition.repaymentId,
        contentSha256,
        now,
      ]);
    }
    return { outcome: 'known', view: await readRepayment(tx, loanId, recognition.repaymentId, repaymentId) };
  }
}

function moneyKept(): Problem {
  return new Problem({
    status: 409,
    code: 'MONEY_KEPT_ALREADY',
    title: 'The bank has shown this transfer, and the lender keeps it or has sent it back.',
    detail: 'It named no loan that could take it. Tell the lender which loan it is for; two persons decide. Nothing was changed.',
  });
}

function bankReferenceReused(): Problem {
  return new Problem({
    status: 409,
    code: 'BANK_REFERENCE_REUSED',
    title: 'This bank reference already names another transfer.',
    detail: 'One transfer is one amount, received on one day, for one loan. Compare it with the bank’s own record. Nothing was changed.',
  });
}
