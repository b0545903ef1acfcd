import { DisbursementRequested, newId } from '@millrace/contracts';
import { PAYMENT_OFFICER, TestService, until } from '@millrace/testing';
import { disbursement } from '../src/disbursement.module.js';
import type { DisbursementConfig } from '../src/config.js';
import type { PayoutView } from '../src/payout/payout-view.js';
import { BankDouble } from './bank-double.js';

/** How long the bank may take in these suites; short, as several of them wait it out. */
export const BANK_TIMEOUT_MS = 400;

/** A loan that the hub has ordered, with the account that it goes to. */
export interface Ordered {
  readonly request: DisbursementRequested;
  readonly applicationId: string;
  readonly loanId: string;
  readonly account: string;
}

/** The real service with a bank beside it. */
export class RunningDisbursement {
  readonly bank = new BankDouble();
  test!: TestService<DisbursementConfig>;
  #accounts = 0;

  async start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    const environment = { MILLRACE_PROVIDERS_URL: await this.bank.start(), MILLRACE_BANK_TIMEOUT_MS: String(BANK_TIMEOUT_MS), ...more };
    this.test = await TestService.start(disbursement, { environment });
    this.bank.paidAt = () => new Date(this.test.clock.now().getTime() + 5_000).toISOString();
  }

  async stop(): Promise<void> {
    await this.test.stop();
    await this.bank.stop();
  }

  /** An account of its own for each loan, so that the bank can be told what to do with it. */
  newAccount(): string {
    this.#accounts += 1;
    return `62220200${String(this.#accounts).padStart(8, '0')}`;
  }

  /** Stores a payee and makes the order for its loan; nothing is delivered yet. */
  async prepare(overrides: Partial<DisbursementRequested> = {}, account = this.newAccount()): Promise<Ordered> {
    const applicationId = overrides.applicationId ?? newId();
    const payee = await this.test.call('PUT', `/payees/${applicationId}`, undefined, { accountName: '测试企业', accountNumber: account });
    const request = new DisbursementRequested({
      applicationId,
      loanId: newId(),
      contractId: newId(),
      contractSha256: 'a'.repeat(64),
      tenantId: 't1',
      uscc: `USCC${account.slice(-10)}`,
      amountMinor: '30000000',
      currency: 'CNY',
      tenorMonths: 12,
      payeeRecordId: payee.body.payeeRecordId as string,
      policyVersion: 'online_microloan.v0',
      ...overrides,
    });
    return { request, applicationId, loanId: request.loanId, account };
  }

  /** Stores a payee and has the loan paid out to it; the order is delivered three times. */
  async order(overrides: Partial<DisbursementRequested> = {}, account?: string): Promise<Ordered> {
    const ordered = await this.prepare(overrides, account);
    await this.test.deliver(ordered.request);
    return ordered;
  }

  /** Payouts of an application, as staff see them. */
  async payouts(applicationId: string): Promise<PayoutView[]> {
    const { body } = await this.test.call('GET', `/payouts/${applicationId}`, PAYMENT_OFFICER);
    return body.items as PayoutView[];
  }

  /** Waits until the newest payout of an application is as it should be. */
  async payout(applicationId: string, is: (payout: PayoutView) => boolean): Promise<PayoutView> {
    return until(async () => {
      const newest = (await this.payouts(applicationId)).at(-1);
      return newest && is(newest) ? newest : undefined;
    }, `the payout of ${applicationId}`);
  }

  paid(applicationId: string): Promise<PayoutView> {
    return this.payout(applicationId, ({ status }) => status === 'PAID');
  }

  /** Waits until the bank was asked so often and the outcome is still unknown. */
  unknown(applicationId: string, queries = 0): Promise<PayoutView> {
    return this.payout(applicationId, (payout) => payout.status === 'UNKNOWN' && payout.queries === queries && payout.steps.at(-1)?.action !== 'ASK');
  }

  /** What an obligor has been promised and not yet repaid, in fen. */
  async exposure(uscc: string): Promise<string> {
    const { rows } = await this.test.pool.query<{ exposure_minor: string }>('select exposure_minor from obligor_exposure where uscc = $1', [uscc]);
    return rows[0]?.exposure_minor ?? 'none';
  }

  async facility(loanId: string): Promise<{ status: string; committed_minor: string } | undefined> {
    return (await this.test.pool.query('select status, committed_minor from facility where loan_id = $1', [loanId])).rows[0];
  }
}
