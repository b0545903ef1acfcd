import { businessDate, type Clock, contentHash, type PrepaymentEffect } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, idReused, Problem, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { LoanAccount } from '../loan/loan-account.js';
import { lockAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { announce, type RepaymentReport } from './announcement.js';
import { isKept, lockReference } from './bank-reference.js';
import { agreedEffect } from './prepayment-policy.js';
import { prepayWith } from './prepay-with.js';
import { asAnnounced, readRepayment, type RepaymentView } from './read-repayments.js';
import type { RecordPrepaymentDto, RecordRepaymentDto } from './repayment.dto.js';
import { recognise, transferRefusal, type KnownTransfer, type Recognition } from './repayment-policy.js';
import { readWaiting, type WaitingRepaymentView } from './waiting-repayment.js';

const KNOWN = `
with told as (
  select 'announced' as by, loan_id, repayment_id, tenant_id, bank_reference, content_sha256, amount_minor, state in ('announced', 'not_on_statement') as counts
  from announcement
  union all
  select 'held', loan_id, repayment_id, tenant_id, bank_reference, content_sha256, amount_minor, state = 'held' from held_repayment
  union all
  select 'booked', loan_id, repayment_id, tenant_id, bank_reference, content_sha256, amount_minor, reversed_at is null from repayment
)
select by || '_id' as by, loan_id as "loanId", repayment_id as "repaymentId", content_sha256 as "contentSha256", amount_minor::text as "amountMinor"
from told where loan_id = $1 and repayment_id = $2
union all
select 'duplicate_id', loan_id, duplicate_of, content_sha256, null from repayment_duplicate where loan_id = $1 and repayment_id = $2
union all
select by || '_reference', loan_id, repayment_id, content_sha256, amount_minor::text from told where tenant_id = $3 and bank_reference = $4 and counts`;

const DUPLICATE = 'insert into repayment_duplicate (loan_id, repayment_id, duplicate_of, content_sha256, recorded_at) values ($1, $2, $3, $4, $5)';

/** The answer to a report of a transfer: the repayment that it is, or where it waits. */
export type RecordedRepayment =
  { readonly outcome: 'booked'; readonly view: RepaymentView } | { readonly outcome: 'waiting'; readonly view: WaitingRepaymentView };

/**
 * Takes in what somebody says of money that the borrower has paid. A word moves nothing: it waits for the line of the bank's statement, which books the money,
 * or names the repayment that such a line has become already (S16, R-DB-08).
 */
@Injectable()
export class RecordRepayment {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `ID_REUSED`, `BANK_REFERENCE_REUSED`, `MONEY_KEPT_ALREADY` and what {@link transferRefusal} names. */
  async record(principal: Principal, loanId: string, repaymentId: string, body: RecordRepaymentDto): Promise<RecordedRepayment> {
    const report = { ...body, repaymentId, contentSha256: contentHash(body) };
    return this.runner.runInTurn(loanId, contextOf(principal), (tx) => this.#record(tx, principal, loanId, report, () => null));
  }

  /**
   * The same for money that is to repay principal before it is due. Of money that is known already, it says so of that money.
   * Throws what {@link record} throws, and the codes of {@link agreedEffect} and {@link prepayWith}.
   */
  async prepay(principal: Principal, loanId: string, prepaymentId: string, { effect, ...body }: RecordPrepaymentDto): Promise<RecordedRepayment> {
    const contentSha256 = contentHash({ ...body, prepayment: effect ?? 'as_agreed' });
    const report = { ...body, repaymentId: prepaymentId, contentSha256 };
    return this.runner.runInTurn(loanId, contextOf(principal), (tx) => this.#record(tx, principal, loanId, report, (account) => agreedEffect(account, effect)));
  }

  async #record(
    tx: EventTransaction,
    principal: Principal,
    loanId: string,
    told: Omit<RepaymentReport, 'prepaymentEffect'>,
    effectOn: (account: LoanAccount) => PrepaymentEffect | null,
  ): Promise<RecordedRepayment> {
    // Before the loan, as the line of the statement does it: the two may come at once.
    await lockReference(tx, principal.tenantId, told.bankReference);
    const account = visibleLoan(principal, await lockAccount(tx, loanId));
    if (principal.kind !== 'partner') requireRole(principal, 'payment_officer');
    const now = this.clock.now();
    const { rows } = await tx.query<KnownTransfer & Record<string, unknown>>(KNOWN, [account.loanId, told.repaymentId, account.tenantId, told.bankReference]);
    const recognition = recognise(rows, account.loanId, told);
    if (recognition.kind !== 'new') return this.#answerKnown(tx, account, told, recognition, effectOn, now);
    if (await isKept(tx, account.tenantId, told.bankReference)) throw moneyKept();
    const today = businessDate(now);
    const refusal = transferRefusal(told, account, today);
    if (refusal) {
      const { field, ...problem } = refusal;
      throw new Problem({ status: 422, ...problem, errors: [{ field, message: problem.title }] });
    }
    await announce(tx, principal.id, account, { ...told, prepaymentEffect: effectOn(account) }, today, now);
    return { outcome: 'waiting', view: await readWaiting(tx, account.loanId, told.repaymentId, told.repaymentId) };
  }

  async #answerKnown(
    tx: EventTransaction,
    account: LoanAccount,
    told: Omit<RepaymentReport, 'prepaymentEffect'>,
    recognition: Exclude<Recognition, { kind: 'new' }>,
    effectOn: (account: LoanAccount) => PrepaymentEffect | null,
    now: Date,
  ): Promise<RecordedRepayment> {
    if (recognition.kind === 'id_reused') throw idReused('repayment');
    if (recognition.kind === 'bank_reference_reused') throw bankReferenceReused();
    const { repaymentId, contentSha256 } = told;
    const { loanId } = account;
    if (recognition.kind === 'duplicate') {
      const effect = effectOn(account);
      if (effect) await prepayWith(tx, account, recognition.repaymentId, effect, now);
      await tx.query(DUPLICATE, [loanId, repaymentId, recognition.repaymentId, contentSha256, now]);
    }
    const view = await readRepayment(tx, loanId, recognition.repaymentId, repaymentId);
    if (view) return { outcome: 'booked', view: asAnnounced(view, told) };
    return { outcome: 'waiting', view: await readWaiting(tx, loanId, recognition.repaymentId, repaymentId) };
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
