import { newId } from '@millrace/contracts';
import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import { until } from '@millrace/testing';
import { bookLate, bookOf, endPools, newTenant } from '../../test/close-loans.js';
import type { OwnedLoan } from '../../test/lost-loans.js';
import { PartyDouble } from '../../test/party-double.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { inForceOn } from '../close/rules-of-day.js';
import { FIRST_PLACE, nextDueLoans } from './due-loans.js';

// Goal (M-CO-01 to M-CO-05, M-CB-01): what is written about arrears reaches its reader though facts come late, a try fails or others stand in the queue, and
// reminders ask for what is left. Method: as in notices-of-day.int.spec.ts: the real service, and days that the test closes.
const party = new PartyDouble();
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start({
    MILLRACE_PROVIDERS_URL: await party.start(),
    MILLRACE_NOTICE_TIMEOUT_MS: '1000',
    MILLRACE_CLOSE_CUT_OFF: '23:59',
  });
}, 240_000);
afterAll(async () => {
  await endPools();
  await monitoring.stop();
  await party.stop();
});
beforeEach(() => begin());
afterEach(() => (party.mood = 'answers'));

/** First due date of the loans of a test; each test begins on the day after the one before. */
let DUE: IsoDate;
function begin(): void {
  const start = addDays(monitoring.today, 1);
  monitoring.goTo(start);
  DUE = addMonths(start, 1);
}
/** Reminders are on for this licence. */
const REMINDING = 'local_microloan.v0';
let firms = 0;
/** A loan of a firm and of a tenant of its own, whose first instalment is due on {@link DUE}. */
async function loanOf(tenantId: string, policyVersion: string = REMINDING, uscc = `FIRM${String((firms += 1)).padStart(14, '0')}`): Promise<OwnedLoan> {
  return { tenantId, loanId: await bookLate(monitoring, tenantId, 0, { policyVersion, uscc, disbursedOn: monitoring.today }) };
}
const at = (day: IsoDate, time: string): void => monitoring.test.clock.set(new Date(`${day}T${time}:00+08:00`));
/** Closes a day at half past midnight of the next, as the service does, with those before it. */
async function close({ tenantId }: { tenantId: string }, day: IsoDate): Promise<void> {
  at(addDays(day, 1), '00:30');
  await bookOf(monitoring).closeTenant(tenantId, day);
}
/** Notices about a loan that the party has taken in; at a month end it is told of the loan as the credit bureau, too. */
const noticesTo = (loanId: string) => party.about(loanId).filter(({ path }) => path === '/v1/notices');
const states = async ({ loanId }: OwnedLoan): Promise<string[]> => {
  const sql =
    "select content ->> 'kind' || ' ' || state || coalesce(' ' || reason_code, '') as how from dispatch where loan_id = $1 and party = 'notice' order by planned_at, how";
  return (await monitoring.test.pool.query<{ how: string }>(sql, [loanId])).rows.map(({ how }) => how);
};
const become = (loan: OwnedLoan, ...expected: string[]): Promise<unknown> =>
  until(async () => JSON.stringify(await states(loan)) === JSON.stringify(expected), `${expected.join(', ')} of the notices`);

test('M-CO-01, M-CB-01: a loan that is found eleven days late at once is told so and warned of the bureau; one that is long late gets its letters, and no message', async () => {
  const [loan, long] = [await loanOf(newTenant(), 'online_microloan.v0'), await loanOf(newTenant(), 'online_microloan.v0')];
  // The first close of a tenant sees arrears of that many days, as where the bank takes money back.
  await close(loan, addDays(DUE, 11));
  expect((await states(loan)).toSorted()).toEqual(['bureau_pre_notice PLANNED', 'late_message PLANNED']);
  await close(long, addDays(DUE, 70));
  // The notice to the bureau has been due since the close of its own day, and may have been sent by now.
  expect((await states(long)).map((state) => state.split(' ')[0]).toSorted()).toEqual(['bureau_pre_notice', 'demand_letter']);
  await close(long, addDays(DUE, 71));
  expect(await states(long)).toHaveLength(2);
}, 180_000);

test('M-CB-01: a notice that was refused is written again by the next close, three times at most; arrears that come back are told anew', async () => {
  const loan = await loanOf(newTenant(), 'online_microloan.v0');
  party.mood = 'refuses';
  const told = async (): Promise<string[]> => (await states(loan)).filter((how) => how.startsWith('bureau_pre_notice'));
  for (let dpd = 20; dpd < 24; dpd += 1) {
    await close(loan, addDays(DUE, dpd));
    at(addDays(DUE, dpd + 1), '09:00');
    await until(async () => (await told()).every((how) => how.includes('REFUSED')), 'the refusal');
    expect(await told()).toHaveLength(Math.min(dpd - 19, 3));
  }
  party.mood = 'answers';
  // The arrears of now are others than those that the letters were about.
  await monitoring.test.pool.query('update collection_case set closed_on = opened_on, closed_at = now() where loan_id = $1', [loan.loanId]);
  await monitoring.test.pool.query(
    `insert into collection_case (case_id, loan_id, tenant_id, opened_on, opened_at, updated_at) values ($1, $2, $3, $4, $5, $5)`,
    [newId(), loan.loanId, loan.tenantId, addDays(DUE, 24), monitoring.test.clock.now()],
  );
  await close(loan, addDays(DUE, 24));
  expect((await told()).at(-1)).toBe('bureau_pre_notice PLANNED');
  expect(await told()).toHaveLength(4);
}, 180_000);

test('M-CO-05: money that is held for the due makes its reminder smaller, or none', async () => {
  const [paid, part] = [await loanOf(newTenant()), await loanOf(newTenant())];
  await monitoring.pay(paid.loanId, 2_586_822n);
  await monitoring.pay(part.loanId, 1_000_000n);
  for (const one of [paid, part]) await close(one, addDays(DUE, -8));
  expect(await states(paid)).toEqual([]);
  at(addDays(DUE, -7), '08:00');
  await become(part, 'due_reminder DONE');
  expect(noticesTo(part.loanId)[0]!.body['text']).toContain('15,868.22 元');
}, 180_000);

test('M-CO-05: a tenant whose licence reminds of nothing has no loan looked up for a coming due date', async () => {
  const [loan, other] = [await loanOf(newTenant()), await loanOf(newTenant(), 'online_microloan.v0')];
  const asked = async ({ tenantId }: OwnedLoan): Promise<{ loans: string[]; statements: number }> => {
    let statements = 0;
    const queries = {
      query: (sql: string, values?: readonly unknown[]) => {
        statements += sql.includes('l.oldest_due_on = $2') ? 1 : 0;
        return monitoring.test.pool.query(sql, values as unknown[]);
      },
    };
    const rules = inForceOn(addDays(DUE, -7));
    const found = await nextDueLoans(queries as Parameters<typeof nextDueLoans>[0], tenantId, addDays(DUE, -8), rules, FIRST_PLACE, 200);
    return { loans: found.map(({ loanId }) => loanId), statements };
  };
  expect(await asked(other)).toEqual({ loans: [], statements: 0 });
  expect(await asked(loan)).toEqual({ loans: [loan.loanId], statements: 4 });
});

test('M-CO-03: reminders use up none of the contacts of a day about arrears', async () => {
  const [tenantId, uscc] = [newTenant(), 'FIRM-OF-REMINDERS'];
  const loans = await Promise.all(Array.from({ length: 4 }, () => loanOf(tenantId, REMINDING, uscc)));
  await close(loans[0]!, addDays(DUE, -8));
  at(addDays(DUE, -7), '09:00');
  for (const one of loans) await become(one, 'due_reminder DONE');
  expect((await monitoring.test.pool.query('select 1 from contact_day where tenant_id = $1', [tenantId])).rowCount).toBe(0);
}, 180_000);

test('M-CO-01: a notice to a guarantor whose guarantee has ended is not sent, and to nobody else; reports that wait keep no notice waiting', async () => {
  const loan = await loanOf(newTenant(), 'online_microloan.v0');
  const guaranteeId = newId();
  await monitoring.test.pool.query(
    `insert into loan_change (loan_id, change_id, tenant_id, kind, content, content_sha256, state, requested_at, requested_by, decided_at)
     values ($1, $2, $3, 'guarantee', '{}', '', 'applied', now(), 'test', now())`,
    [loan.loanId, guaranteeId, loan.tenantId],
  );
  await monitoring.test.pool.query(
    `insert into guarantee (loan_id, guarantee_id, tenant_id, guarantor_ref, kind, limit_minor, period_months, matures_on, lapses_on, recorded_at)
     values ($1, $2, $3, 'G-2', 'joint', 30000000, 6, '2032-03-02', '2032-09-02', now())`,
    [loan.loanId, guaranteeId, loan.tenantId],
  );
  await close(loan, addDays(DUE, 61));
  await monitoring.test.pool.query("update guarantee set state = 'released' where loan_id = $1", [loan.loanId]);
  // Reports of a month end that have been due for longer than the notices.
  await monitoring.test.pool.query(
    `insert into dispatch (dispatch_id, tenant_id, application_id, loan_id, party, content, policy_version, next_action_at, planned_at)
     select gen_random_uuid(), tenant_id, application_id, loan_id, 'bureau-filing', '{"asOf": "2026-01-31", "isNegative": false}', policy_version, $2, $2
     from loan, generate_series(1, 1000) where loan_id = $1`,
    [loan.loanId, monitoring.test.clock.now()],
  );
  at(addDays(DUE, 62), '09:00');
  await become(loan, 'bureau_pre_notice DONE', 'demand_letter DONE', 'guarantor_notice DROPPED NOTICE_WITHOUT_CAUSE');
  const left = await monitoring.test.pool.query("select 1 from dispatch where loan_id = $1 and party = 'bureau-filing' and state = 'PLANNED'", [loan.loanId]);
  expect(left.rowCount).toBeGreaterThan(0);
  expect(noticesTo(loan.loanId).map(({ body }) => body['kind'])).not.toContain('guarantor_notice');
}, 180_000);
