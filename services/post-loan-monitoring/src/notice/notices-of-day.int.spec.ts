import { newId } from '@millrace/contracts';
import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import { type TransactionRunner } from '@millrace/messaging';
import { staff, until } from '@millrace/testing';
import { bookLate, bookOf, endPools, newTenant, runnerOf } from '../../test/close-loans.js';
import type { OwnedLoan } from '../../test/lost-loans.js';
import { PartyDouble } from '../../test/party-double.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { CloseBook } from '../close/close-book.js';

// Goal (M-CO-01 to M-CO-05, M-CB-01): what borrowers are told goes out once, in time, by day and not too often. Method: the real service, the party is an HTTP
// server that keeps what it was told, and the days are closed by the test: the service would do it a day later. Every test has two tenants.
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
const kinds = ({ loanId }: OwnedLoan): unknown[] => noticesTo(loanId).map(({ body }) => body['kind']);
const states = async ({ loanId }: OwnedLoan): Promise<string[]> => {
  const sql =
    "select content ->> 'kind' || ' ' || state || coalesce(' ' || reason_code, '') as how from dispatch where loan_id = $1 and party = 'notice' order by planned_at, how";
  return (await monitoring.test.pool.query<{ how: string }>(sql, [loanId])).rows.map(({ how }) => how);
};
const become = (loan: OwnedLoan, ...expected: string[]): Promise<unknown> =>
  until(async () => JSON.stringify(await states(loan)) === JSON.stringify(expected), `${expected.join(', ')} of the notices`);

test('M-CO-05: a reminder is planned at night and sent at eight, once, seven, three and one day before the due date and on it; who is not reminded is sent none', async () => {
  const [loan, other] = [await loanOf(newTenant()), await loanOf(newTenant(), 'online_microloan.v0')];
  for (const one of [loan, other]) await close(one, addDays(DUE, -9));
  await close(loan, addDays(DUE, -8));
  expect(await states(loan)).toEqual(['due_reminder PLANNED']);
  expect(noticesTo(loan.loanId)).toEqual([]);
  at(addDays(DUE, -7), '08:00');
  await become(loan, 'due_reminder DONE');
  const { path, body } = noticesTo(loan.loanId)[0]!;
  expect([path, body]).toEqual([
    '/v1/notices',
    expect.objectContaining({ lender: loan.tenantId, channel: 'message', addresseeRef: expect.stringMatching(/^firm:FIRM/) }),
  ]);
  expect(body['text']).toContain(`应于 ${DUE} 归还,截至今日该期尚欠 25,868.22 元`);
  for (const days of [3, 1, 0]) {
    await close(loan, addDays(DUE, -days - 1));
    at(addDays(DUE, -days), '09:00');
    await until(() => Promise.resolve(kinds(loan).length === [3, 1, 0].indexOf(days) + 2), `the reminder ${days} days before`);
  }
  await close(other, DUE);
  expect(await states(other)).toEqual([]);
  const { items } = (await monitoring.test.call('GET', `/loans/${loan.loanId}/letters`, { ...staff('aida', 'auditor'), tenantId: loan.tenantId })).body;
  expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(Array.from({ length: 4 }, () => 'due_reminder'));
}, 180_000);

test('M-CO-05: a day that is missed sends no stale reminder, and a reminder of a day is not sent at 22:05', async () => {
  const [missed, late] = [await loanOf(newTenant()), await loanOf(newTenant())];
  for (const one of [missed, late]) await close(one, addDays(DUE, -9));
  await close(late, addDays(DUE, -8));
  at(addDays(DUE, -7), '22:05');
  await become(late, 'due_reminder DROPPED NOTICE_TOO_LATE');
  await bookOf(monitoring).closeTenant(missed.tenantId, addDays(DUE, -8));
  expect(await states(missed)).toEqual([]);
  expect(noticesTo(late.loanId)).toEqual([]);
  expect((await monitoring.test.event(late.loanId, 'notice-failed')).payload).toMatchObject({ kind: 'due_reminder', reasonCode: 'NOTICE_TOO_LATE' });
}, 180_000);

test('M-CO-02: a message that was lost in the evening waits for its morning, and is not sent at 22:05', async () => {
  const [loan, other] = [await loanOf(newTenant()), await loanOf(newTenant())];
  for (const one of [loan, other]) await close(one, DUE);
  await close(loan, addDays(DUE, 1));
  // As where the message had no end of its own: what is left to hold it up is the guard.
  await monitoring.test.pool.query(`update dispatch set send_until = null where loan_id = $1 and content ->> 'kind' = 'late_message'`, [loan.loanId]);
  at(addDays(DUE, 2), '22:05');
  const next = async (): Promise<string | undefined> =>
    (
      await monitoring.test.pool.query<{ at: Date }>(
        "select next_action_at as at from dispatch where loan_id = $1 and party = 'notice' and state = 'PLANNED'",
        [loan.loanId],
      )
    ).rows[0]?.at.toISOString();
  await until(async () => (await next()) === new Date(`${addDays(DUE, 3)}T08:00:00+08:00`).toISOString(), 'the message to wait for the morning');
  expect(kinds(loan)).toEqual([]);
  at(addDays(DUE, 3), '08:00');
  await until(() => Promise.resolve(kinds(loan).includes('late_message')), 'the message in the morning');
  expect(kinds(other)).toEqual([]);
}, 180_000);

test('M-CO-03: the fourth contact of a day with a debtor is not made, over all of its loans, and is an event; another lender’s is', async () => {
  const [tenantId, uscc] = [newTenant(), 'FIRM-OF-MANY-LOANS'];
  const loans = await Promise.all(Array.from({ length: 4 }, () => loanOf(tenantId, REMINDING, uscc)));
  const other = await loanOf(newTenant(), REMINDING, uscc);
  for (const day of [DUE, addDays(DUE, 1)]) for (const one of [loans[0]!, other]) await close(one, day);
  at(addDays(DUE, 2), '10:00');
  const messages = async (): Promise<string[]> => (await Promise.all(loans.map(states))).flat().filter((how) => how.startsWith('late_message'));
  await until(async () => (await messages()).every((how) => !how.includes('PLANNED') && !how.includes('SENT')), 'all four messages');
  expect((await messages()).toSorted()).toEqual([...Array.from({ length: 3 }, () => 'late_message DONE'), 'late_message DROPPED NOTICE_DAILY_LIMIT']);
  await become(other, 'late_message DONE');
  const blocks = await Promise.all(
    loans.map(async ({ loanId }) => (await monitoring.test.eventTypes(loanId)).filter((type) => type.startsWith('collection-contact'))),
  );
  expect(blocks.flat().toSorted()).toEqual(['collection-contact-blocked', ...Array.from({ length: 3 }, () => 'collection-contact-logged')]);
  const contacts = await monitoring.test.call('GET', `/loans/${other.loanId}/contacts`, { ...staff('cora', 'collector'), tenantId: other.tenantId });
  expect(contacts.body.items).toMatchObject([{ channel: 'message', party: 'debtor', block: null, triedBy: 'post-loan-monitoring' }]);
}, 180_000);

test('S17, G-CB-03, G-CB-05, M-CO-01: a loan that is not paid is written to on its days, its guarantor is told, and what is paid before eight is not written about', async () => {
  const loan = await loanOf(newTenant(), 'online_microloan.v0');
  const guaranteeId = newId();
  await monitoring.test.pool.query(
    `insert into loan_change (loan_id, change_id, tenant_id, kind, content, content_sha256, state, requested_at, requested_by, decided_at)
     values ($1, $2, $3, 'guarantee', '{}', '', 'applied', now(), 'test', now())`,
    [loan.loanId, guaranteeId, loan.tenantId],
  );
  await monitoring.test.pool.query(
    `insert into guarantee (loan_id, guarantee_id, tenant_id, guarantor_ref, kind, limit_minor, period_months, matures_on, lapses_on, recorded_at)
     values ($1, $2, $3, 'G-1', 'joint', 30000000, 6, '2030-03-02', '2030-09-02', now())`,
    [loan.loanId, guaranteeId, loan.tenantId],
  );
  await close(loan, DUE);
  for (const [dpd, more] of [
    [1, ['late_message']],
    [7, ['bureau_pre_notice']],
    [61, ['demand_letter', 'guarantor_notice']],
  ] as const) {
    const before = kinds(loan).length;
    await close(loan, addDays(DUE, dpd));
    at(addDays(DUE, dpd + 1), '09:00');
    await until(() => Promise.resolve(kinds(loan).length === before + more.length), `what is written ${dpd} days past due`);
    expect(kinds(loan).slice(before).toSorted()).toEqual(more);
  }
  const texts = Object.fromEntries(noticesTo(loan.loanId).map(({ body }) => [body['kind'], body]));
  expect(texts['bureau_pre_notice']).toMatchObject({ channel: 'letter', text: expect.stringContaining(`将于 ${addDays(DUE, 18)} 或者之后`) });
  expect(texts['bureau_pre_notice']!['text']).toContain('自收到异议之日起 20 日内');
  expect(texts['demand_letter']).toMatchObject({ text: expect.stringContaining('尚未归还的本金合计 300,000.00 元') });
  expect(texts['guarantor_notice']).toMatchObject({ addresseeRef: 'guarantor:G-1', text: expect.stringContaining('保证期间至 2030-09-02 届满') });
  begin();
  const paid = await loanOf(newTenant(), 'online_microloan.v0');
  await close(paid, DUE);
  await close(paid, addDays(DUE, 1));
  await monitoring.pay(
    paid.loanId,
    (await monitoring.test.call('GET', `/loans/${paid.loanId}`, { ...staff('aida', 'auditor'), tenantId: paid.tenantId })).body.dueMinor,
  );
  at(addDays(DUE, 2), '09:00');
  await become(paid, 'late_message DROPPED NOTICE_WITHOUT_CAUSE');
  expect(kinds(paid)).toEqual([]);
}, 240_000);

test('S13: a notice whose answer is lost is asked about and not sent twice; one that never came in is sent again; a refusal is told', async () => {
  const told: Record<string, string[]> = {};
  for (const mood of ['silent', 'deaf', 'refuses'] as const) {
    begin();
    const one = await loanOf(newTenant());
    await close(one, addDays(DUE, -9));
    await close(one, addDays(DUE, -8));
    party.mood = mood;
    at(addDays(DUE, -7), '08:00');
    await become(one, mood === 'refuses' ? 'due_reminder REFUSED SUBJECT_UNKNOWN' : 'due_reminder UNKNOWN');
    party.mood = 'answers';
    const { rows } = await monitoring.test.pool.query<{ id: string }>('select dispatch_id as id from dispatch where loan_id = $1 and letter_id is not null', [
      one.loanId,
    ]);
    const calls = (): string[] => party.calls.filter((call) => call.endsWith(rows[0]!.id)).map((call) => call.split(' ')[0]!);
    monitoring.test.clock.advance(3_600_000);
    if (mood !== 'refuses') await become(one, 'due_reminder DONE');
    told[mood] = (await monitoring.test.eventTypes(one.loanId)).filter((type) => type.startsWith('notice'));
    if (mood === 'refuses') continue;
    expect(calls()).toEqual(mood === 'silent' ? ['PUT', 'GET'] : ['PUT', 'GET', 'PUT']);
    expect(noticesTo(one.loanId)).toHaveLength(1);
  }
  expect(told).toEqual({ silent: ['notice-served'], deaf: ['notice-served'], refuses: ['notice-failed'] });
}, 180_000);

/** With the first loan more than one transaction takes. */
const MORE = 205;
test('a close that is killed at any point of its notices, and the same day again, plan each notice once', async () => {
  const [killed, sound] = [newTenant(), newTenant()];
  for (const tenantId of [killed, sound]) {
    await loanOf(tenantId);
    for (let more = 0; more < MORE; more += 1) await monitoring.book({ tenantId, policyVersion: REMINDING, disbursedOn: monitoring.today });
  }
  for (const tenantId of [killed, sound]) await close({ tenantId }, addDays(DUE, -1));
  at(addDays(DUE, 2), '00:30');
  const count = async (tenantId: string): Promise<string[]> => {
    const sql = "select content ->> 'kind' as kind, count(*)::text as count from dispatch where tenant_id = $1 and party = 'notice' group by 1 order by 1";
    return (await monitoring.test.pool.query<{ kind: string; count: string }>(sql, [tenantId])).rows.map(({ kind, count: many }) => `${kind} ${many}`);
  };
  await bookOf(monitoring).closeTenant(sound, addDays(DUE, 1));
  let deaths = 0;
  for (let point = 1; point < 30; point += 1) {
    const real = runnerOf(monitoring);
    let left = point;
    const run: TransactionRunner['run'] = (context, work) =>
      real.run(context, async (tx) => {
        const result = await work(tx);
        if ((left -= 1) === 0) throw new Error('killed');
        return result;
      });
    await new CloseBook({ pool: real.pool, run } as TransactionRunner, monitoring.test.clock).closeTenant(killed, addDays(DUE, 1)).catch(() => (deaths += 1));
    if (left > 0) break;
  }
  expect(deaths).toBeGreaterThan(3);
  await monitoring.test.pool.query('update notice_day set done_at = null, after_due_on = null where tenant_id = $1', [killed]);
  await monitoring.test.pool.query('update close_day set closed_at = null where tenant_id = $1 and day = $2', [killed, addDays(DUE, 1)]);
  await bookOf(monitoring).closeTenant(killed, addDays(DUE, 1));
  expect(await count(sound)).toEqual([`due_reminder ${MORE + 1}`, `late_message ${MORE + 1}`]);
  expect(await count(killed)).toEqual(await count(sound));
}, 240_000);
