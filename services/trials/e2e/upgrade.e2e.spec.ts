import { newId } from '@millrace/contracts';
import { LENDER_ACCOUNT } from '@millrace/standalone/ready-made-clients';
import { until } from '@millrace/testing';
import { expectBalancedBooks } from './balanced-books.js';
import { Lender } from './lender.js';
import { runProgram } from './run-program.js';
import { readFixture, restoreFixture } from './upgrade/restore-fixture.js';

// Goal: data and applications under way from older code come through an upgrade. Method: an installation as that code left it (upgrade/README.md), the
// present code started on it, and every application led to its end by the people who would do so.
const fixture = readFixture('c1027e2.json.gz');
const lender = new Lender();
const of = (name: string): string => fixture.applications[name]!.applicationId;
const lendctl = (...args: string[]) => runProgram('services/lendctl/src/main.ts', ...args, '--data-dir', lender.dataDirectory);

beforeAll(async () => {
  await restoreFixture(fixture, lender.dataDirectory);
  lender.clock.set(new Date(fixture.madeAt));
  await lender.start();
}, 180_000);
afterAll(() => lender.stop());

/** What the statuses of the payment and of the loan, which were the application's, have become. */
const AFTER_SIGNATURE: Readonly<Record<string, { readonly status: string; readonly drawdown: string; readonly loan: string | null }>> = {
  DISBURSING: { status: 'COMPLETED', drawdown: 'REQUESTED', loan: null },
  DISBURSEMENT_REVIEW: { status: 'COMPLETED', drawdown: 'HELD', loan: null },
  ACTIVE: { status: 'COMPLETED', drawdown: 'PAID', loan: 'ACTIVE' },
  SETTLED: { status: 'COMPLETED', drawdown: 'PAID', loan: 'SETTLED' },
};

const view = async (name: string) => (await lender.call('demo-partner', 'GET', `/v1/loan-applications/${of(name)}`)).body;

async function decide(
  name: string,
  client: 'demo-risk-officer' | 'demo-approver' | 'demo-payment-officer',
  decision: 'approve' | 'reject',
  reasonCode: string,
): Promise<void> {
  const task = await until(() => lender.openTask(of(name)), `the task of ${name}`);
  const body = { decision, reasonCode, comment: 'decided after the upgrade' };
  const { status, body: answer } = await lender.call(client, 'PUT', `/v1/review-tasks/${task.reviewTaskId}/decisions/${newId()}`, body);
  if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(answer)}`);
}

test('R-PL-06: the first close finds that a loan of before is late', async () => {
  await lender.reaches(of('active-unpaid'), 'OVERDUE');
});

test('what was at its end, or waits for somebody, is where it was, with its whole timeline', async () => {
  for (const name of [
    'active',
    'active-with-credit',
    'settled',
    'offered',
    'contracting',
    'review',
    'enhanced-review',
    'rejected',
    'cancelled',
    'disbursement-review',
  ]) {
    const { applicationId, status, loanId } = fixture.applications[name]!;
    const { drawdown, loan, ...shown } = await view(name);
    const now = { applicationId, loanId, status: shown.status, drawdown: drawdown?.status ?? null, loan: loan?.status ?? null };
    expect([name, now]).toEqual([name, { applicationId, loanId, ...(AFTER_SIGNATURE[status] ?? { status, drawdown: null, loan: null }) }]);
    const { body } = await lender.call('demo-partner', 'GET', `/v1/loan-applications/${applicationId}/timeline`);
    expect([name, body.items.length > 1]).toEqual([name, true]);
    const { body: history } = await lender.call('demo-auditor', 'GET', `/v1/loan-applications/${applicationId}/history`);
    expect([name, history.firstBrokenRow]).toEqual([name, null]);
  }
});

test('SEC-7: tables that belonged to the roles of the services belong to the migration role', async () => {
  const owners = `select n.nspname as schema, pg_get_userbyid(c.relowner) as owner, count(*)::int as tables from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^pg_|^information_schema$' group by 1, 2 order by 1`;
  const rows = await lender.sql<{ schema: string; owner: string }>('gateway', owners);
  expect(rows.map(({ schema }) => schema)).toEqual(Object.keys(fixture.schemas).sort());
  expect(new Set(rows.map(({ owner }) => owner))).toEqual(new Set(['millrace_owner']));
});

test('what was in the midst of an outside call, or was told to nobody yet, goes on by itself, and money goes out once', async () => {
  // The bank did pay, and never said so: the next question finds out.
  await lender.moveTo(new Date(lender.clock.now().getTime() + 3_600_000));
  await lender.reaches(of('disbursing'), 'ACTIVE');
  await lender.reaches(of('signing'), 'ACTIVE');
  await lender.reaches(of('checking'), 'OFFERED');
  await lender.reaches(of('unsent'), 'OFFERED');
  const { debits } = await lender.sandbox('GET', '/sandbox/counters');
  expect(new Set(Object.values(debits))).toEqual(new Set([1]));
}, 120_000);

test('people lead every application that waits for them to its end', async () => {
  await decide('review', 'demo-approver', 'approve', 'WITHIN_AUTHORITY');
  await lender.takeOffer(of('review'));
  await lender.takeOffer(of('offered'));
  const { contract } = await view('contracting');
  await lender.call('demo-partner', 'PUT', `/v1/loan-applications/${of('contracting')}/signatures/${newId()}`, { contractSha256: contract.contractSha256 });
  await lender.reaches(of('contracting'), 'ACTIVE');
  await decide('enhanced-review', 'demo-risk-officer', 'approve', 'CHECKED_BY_PHONE');
  await lender.reaches(of('enhanced-review'), 'REVIEW_SINGLE');
  await decide('enhanced-review', 'demo-approver', 'approve', 'WITHIN_AUTHORITY');
  for (const name of ['enhanced-review', 'checking', 'unsent']) await lender.takeOffer(of(name));
  await decide('disbursement-review', 'demo-payment-officer', 'reject', 'PAYOUT_REFUSED');
  await until(async () => (await view('disbursement-review')).drawdown.status === 'REJECTED', 'the end of the disbursement review');
  for (const name of ['active', 'active-with-credit', 'active-unpaid']) {
    const { loanId } = fixture.applications[name]!;
    await expectBalancedBooks(lender, loanId!);
    const { body: loan } = await lender.call('demo-partner', 'GET', `/v1/loans/${loanId}`);
    // Its contract was signed before contracts said what lateness costs: nothing of it binds.
    expect(loan.clauses).toBeNull();
    await lender.repay(loanId!, loan.payoff.toPayMinor, '2026-05-02');
    await lender.reaches(of(name), 'SETTLED');
  }
}, 180_000);

test('R-DB-08: repayments that were booked on a word are unconfirmed, until the bank shows them', async () => {
  const { loanId } = fixture.applications['active']!;
  const repayments = async () => (await lender.call('demo-partner', 'GET', `/v1/loans/${loanId}/repayments`)).body.items;
  const states = async () => (await repayments()).map(({ state }: { state: string }) => state);
  expect(await states()).toEqual(['unconfirmed', 'unconfirmed', 'booked']);
  const [{ amountMinor, valueOn, bankReference }] = await repayments();
  const payer = { payerName: '借款企业', payerAccount: '9900000000001234', remittance: `还款 ${loanId}` };
  await lender.sandbox('PUT', `/sandbox/transfers/${newId()}`, { account: LENDER_ACCOUNT, amountMinor, currency: 'CNY', valueOn, bankReference, ...payer });
  await until(async () => {
    await lender.moveTo(new Date(lender.clock.now().getTime() + 5_000));
    return (await states())[0] === 'booked';
  }, 'the line that confirms the first');
  expect(await states()).toEqual(['booked', 'unconfirmed', 'booked']);
}, 60_000);

test('an event that was parked before is handled after, and everything holds that must', async () => {
  const { code, output } = await lendctl('parked', 'retry', '--consumer', 'gateway', '--key', of('parked'), '--by', 'olga', '--yes');
  if (code !== 0) throw new Error(output);
  await lender.takeOffer(of('parked'));
  // Events of the last steps are still on their way when the first look finds them missing.
  let last = { code: null as number | null, output: '' };
  await until(async () => (last = await lendctl('verify')).code === 0, 'lendctl verify without a finding', 60_000).catch(() => undefined);
  if (last.code !== 0) throw new Error(last.output);
}, 240_000);
