import { businessDate, MoneyReceived, newId, type LoanActivated, type PayloadOf } from '@millrace/contracts';
import type { Principal } from '@millrace/service';
import { PARTNER, staff, TestService, type Answer } from '@millrace/testing';
import { postLoanMonitoring } from '../src/post-loan-monitoring.module.js';
import { activated } from './loans.js';

export const AUDITOR: Principal = staff('aida', 'auditor');

/** The real service with the steps that its suites share. */
export class RunningMonitoring {
  private constructor(readonly test: TestService) {}

  /** @param startAt where the clock stands at first */
  static async start(environment: Readonly<Record<string, string>> = {}, startAt?: Date): Promise<RunningMonitoring> {
    return new RunningMonitoring(await TestService.start(postLoanMonitoring, { environment, ...(startAt ? { startAt } : {}) }));
  }

  stop(): Promise<void> {
    return this.test.stop();
  }

  get today(): string {
    return businessDate(this.test.clock.now());
  }

  /** Moves the clock to nine in the morning of a business date. */
  goTo(date: string): void {
    this.test.clock.set(new Date(`${date}T01:00:00Z`));
  }

  /** Books a loan that is paid out today, unless the change says otherwise; returns its id. */
  async book(change: Parameters<typeof activated>[0] = {}): Promise<LoanActivated> {
    const loan = activated({ disbursedOn: this.today, ...change });
    await this.test.deliver(loan);
    return loan;
  }

  /** A partner tells of a transfer of today; fields of the change go over the defaults. It moves nothing. */
  report(loanId: string, amountMinor: bigint | string, change: Record<string, unknown> = {}, repaymentId = newId(), by: Principal = PARTNER): Promise<Answer> {
    const body = { amountMinor: String(amountMinor), currency: 'CNY', receivedOn: this.today, bankReference: `B-${repaymentId}`, ...change };
    return this.test.call('PUT', `/loans/${loanId}/repayments/${repaymentId}`, by, body);
  }

  /** The bank's statement shows money of today that names the loan, three times. Answers the repayment under the line's id; undefined where it is none. */
  async pay(loanId: string, amountMinor: bigint | string, change: Partial<PayloadOf<MoneyReceived>> = {}, lineId = newId()): Promise<Answer['body']> {
    const line = await this.line(loanId, amountMinor, { lineId, ...change });
    await this.test.deliver(line);
    const { items } = (await this.test.call('GET', `/loans/${loanId}/repayments?limit=500`, { ...AUDITOR, tenantId: line.tenantId })).body;
    return items.find((one: { repaymentId: string }) => one.repaymentId === lineId);
  }

  /** A line of the statement that names a loan, as the hub carries it. */
  async line(loanId: string, amountMinor: bigint | string, change: Partial<PayloadOf<MoneyReceived>> = {}): Promise<MoneyReceived> {
    const { rows } = await this.test.pool.query('select application_id as "applicationId", tenant_id as "tenantId" from loan where loan_id = $1', [loanId]);
    const { applicationId, tenantId } = rows[0] as { applicationId: string; tenantId: string };
    const lineId = change.lineId ?? newId();
    const told = { lineId, amountMinor: String(amountMinor), currency: 'CNY', valueOn: this.today, bankReference: `B-${lineId}` };
    const bookedAt = this.test.clock.now().toISOString();
    return new MoneyReceived({ storyId: applicationId, applicationId, loanId, tenantId, bookedAt, ...told, ...change });
  }

  async loan(loanId: string): Promise<Answer['body']> {
    return (await this.test.call('GET', `/loans/${loanId}`)).body;
  }

  async schedule(loanId: string): Promise<Answer['body']> {
    return (await this.test.call('GET', `/loans/${loanId}/schedule`)).body;
  }

  async journal(loanId: string): Promise<Answer['body']> {
    return (await this.test.call('GET', `/loans/${loanId}/journal`, AUDITOR)).body;
  }

  /** Debits less credits of every account of the whole ledger, with their sum. */
  async trialBalance(): Promise<{ byAccount: Record<string, string>; total: string }> {
    const { rows } = await this.test.pool.query<{ account: string; balance: string }>(
      'select account, sum(debit_minor - credit_minor)::text as balance from journal_line group by account order by account',
    );
    const total = rows.reduce((sum, { balance }) => sum + BigInt(balance), 0n);
    return { byAccount: Object.fromEntries(rows.map(({ account, balance }) => [account, balance])), total: String(total) };
  }
}
