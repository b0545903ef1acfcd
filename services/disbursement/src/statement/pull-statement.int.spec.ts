import { DisbursementRequested, newId } from '@millrace/contracts';
import { TestService, until } from '@millrace/testing';
import { LENDER_ACCOUNT, StatementDouble, type DoubleLine } from '../../test/statement-double.js';
import type { DisbursementConfig } from '../config.js';
import { disbursement } from '../disbursement.module.js';

// Goal: every line of the bank is stored and told once, whatever the bank answers (R-DB-08, S16). Method: the real service against a bank that shows two lines a page.
const bank = new StatementDouble();
const lines: string[] = [];
let service: TestService<DisbursementConfig>;
const INTERVAL_MS = 1_000;
/** Time that passes between two looks of the suite; enough for the longest wait after failures. */
const STEP_MS = 10_000;
const LOOKS_PER_STEP = 20;
/** After so long the present day is read from its first line. */
const FROM_START_MS = 600_000;

beforeAll(async () => {
  const environment = {
    MILLRACE_PROVIDERS_URL: await bank.start(),
    MILLRACE_STATEMENT_ACCOUNTS: `t1=${LENDER_ACCOUNT}`,
    MILLRACE_STATEMENT_INTERVAL_MS: String(INTERVAL_MS),
  };
  service = await TestService.start(disbursement, { environment, logTo: { write: (line) => void lines.push(line) } });
  await read();
}, 120_000);
afterAll(async () => {
  await service.stop();
  await bank.stop();
});

let count = 0;
/** Puts a line on the statement. */
function show(fields: Partial<DoubleLine> = {}): string {
  const lineId = `L${(count += 1)}`;
  bank.lines.push({ lineId, ...fields });
  return lineId;
}

const readOn = async () =>
  (await service.pool.query<{ at: string }>(`select coalesce(max(last_read_at), '-infinity')::text as at from statement_day where day = $1`, ['2026-03-02']))
    .rows[0]!.at;

/** Lets the interval pass, and waits until the statement was read to its end; twice, as the first reading may have begun before. */
async function read(): Promise<void> {
  for (let times = 0; times < 2; times++) {
    const before = await readOn();
    let looks = 0;
    await until(async () => {
      // Time goes on slowly enough for a reading that is under way: a day that is untouched for a minute is given to another worker.
      if (looks++ % LOOKS_PER_STEP === 0) service.clock.advance(STEP_MS);
      return (await readOn()) !== before;
    }, 'reading the statement');
  }
}

interface Stored {
  readonly line_id: string;
  readonly bank_line_id: string;
  readonly loan_id: string | null;
  readonly application_id: string | null;
  readonly payer_is_borrower: boolean | null;
}
async function stored(bankLineId: string): Promise<Stored[]> {
  return (await service.pool.query<Stored>('select * from bank_line where bank_line_id = $1', [bankLineId])).rows;
}
const told = async () => (await service.pool.query(`select 1 from outbox where type like '%statement-line-stored%'`)).rowCount;

/** A loan whose payout was ordered, with the account of its borrower. */
async function loan(tenantId = 't1'): Promise<{ loanId: string; applicationId: string; account: string }> {
  const applicationId = newId();
  const account = `62220200${String((count += 1)).padStart(8, '0')}`;
  const payee = await service.call('PUT', `/payees/${applicationId}`, undefined, { accountName: '样例商贸有限公司', accountNumber: account });
  const loanId = newId();
  await service.deliver(
    new DisbursementRequested({
      applicationId,
      loanId,
      contractId: newId(),
      contractSha256: 'a'.repeat(64),
      tenantId,
      uscc: `USCC${account.slice(-10)}`,
      amountMinor: '30000000',
      currency: 'CNY',
      tenorMonths: 12,
      payeeRecordId: payee.body.payeeRecordId as string,
      policyVersion: 'online_microloan.v0',
    }),
  );
  return { loanId, applicationId, account };
}

test('a line that names a loan is stored once, and told among the events of the loan, with no personal data (R-LE-01)', async () => {
  const { loanId, applicationId, account } = await loan();
  const own = show({ remittance: `还款 ${loanId.toUpperCase()}`, counterpartyAccount: account });
  const other = show({ remittance: `代还 ${loanId}` });
  await read();
  const [line] = await stored(own);
  expect(line).toMatchObject({ loan_id: loanId, application_id: applicationId, payer_is_borrower: true });
  expect(await stored(other)).toMatchObject([{ loan_id: loanId, payer_is_borrower: false }]);
  const events = (await service.events(applicationId)).filter(({ type }) => type === 'statement-line-stored');
  expect(events.map(({ payload }) => payload)).toEqual([
    {
      storyId: applicationId,
      applicationId,
      loanId,
      lineId: line!.line_id,
      tenantId: 't1',
      direction: 'credit',
      amountMinor: '2586822',
      currency: 'CNY',
      valueOn: '2026-03-02',
      bookedAt: '2026-03-02T01:00:00.000Z',
      bankReference: `REF-${own}`,
      payerIsBorrower: true,
    },
    expect.objectContaining({ bankReference: `REF-${other}`, payerIsBorrower: false }),
  ]);
  const { rows } = await service.pool.query('select l.*, p.* from bank_line l join bank_line_party p using (line_id)');
  for (const personal of ['样例商贸有限公司', account, '9900123412341234', '还款'])
    for (const text of [JSON.stringify(rows), JSON.stringify(await service.events(applicationId)), lines.join()]) expect(text).not.toContain(personal);
});

test('a line that names no loan, or one of another lender, stands by itself; what goes out is told as such', async () => {
  const foreign = await loan('t2');
  const [nobody, another, out] = [show(), show({ remittance: foreign.loanId }), show({ direction: 'debit' })];
  await read();
  for (const id of [nobody, another, out]) {
    const [{ line_id: lineId, application_id: applicationId }] = (await stored(id)) as [Stored];
    expect(applicationId).toBeNull();
    const [event] = await service.events(lineId);
    expect(event!.payload).toMatchObject({ storyId: lineId, lineId, direction: id === out ? 'debit' : 'credit' });
    expect(event!.payload).not.toHaveProperty('payerIsBorrower');
    expect(event!.payload.loanId).toBe(id === another ? foreign.loanId : undefined);
  }
});

test('a bank that is away, silent, or answers nonsense: nothing is lost and nothing is stored twice', async () => {
  const before = await told();
  const [first, second, third] = [show(), show(), show()];
  const broken = (url: URL) => {
    const page = bank.page(url) as { lines: object[] };
    return { ...page, lines: [...page.lines, { lineId: 'BROKEN', amountMinor: '-5' }] };
  };
  bank.plan('away', { body: 'no json' }, { body: { lines: [] } });
  bank.always = broken;
  await until(async () => {
    service.clock.advance(STEP_MS);
    return (await service.pool.query(`select 1 from statement_day where failures >= 4 and last_failure = 'INVALID_REPLY'`)).rowCount === 1;
  }, 'four failures');
  expect(await stored('BROKEN')).toEqual([]);
  const metrics = await (await fetch(`${service.operationsUrl}/metrics`)).text();
  expect(metrics).toMatch(/millrace_statement_unreadable\{service="disbursement"\} 1/);
  expect(metrics).toMatch(/millrace_statement_age_seconds\{[^}]*tenant="t1"[^}]*\} \d/);
  bank.always = undefined;
  await read();
  for (const id of [first, second, third]) expect(await stored(id)).toHaveLength(1);
  expect(await told()).toBe(before! + 3);
});

test('pages that overlap, come again, in another order, or lead back: every line is stored once', async () => {
  const before = await told();
  const fresh = [show(), show(), show(), show(), show()];
  const shown = () => bank.lines.filter(({ lineId }) => fresh.includes(lineId)).map((line) => bank.shown(line));
  const page = (lines: unknown[], nextCursor: string, more: boolean) => ({ body: { account: LENDER_ACCOUNT, day: '2026-03-02', lines, nextCursor, more } });
  const [a, b, c, d, e] = shown();
  bank.plan(page([c, a, a], '90', true), page([b, a], '3', true), page([e, c, d], '91', true), page([d], '90', false));
  await read();
  for (const id of fresh) expect(await stored(id)).toHaveLength(1);
  // The true statement again, from its first line.
  service.clock.advance(FROM_START_MS);
  await read();
  for (const id of fresh) expect(await stored(id)).toHaveLength(1);
  expect(await told()).toBe(before! + 5);
});

test('a line that the bank puts behind the cursor, or onto a day that is past, is found', async () => {
  bank.lines.unshift({ lineId: 'BEHIND' });
  service.clock.advance(FROM_START_MS);
  await until(async () => {
    service.clock.advance(STEP_MS);
    return (await stored('BEHIND')).length === 1;
  }, 'the line behind the cursor');
  // Midnight in Shanghai is 16:00 UTC: the day is read once an hour from then on, for three days.
  service.clock.set(new Date('2026-03-02T16:00:05Z'));
  bank.lines.push({ lineId: 'LATE', day: '2026-03-02' }, { lineId: 'NEXT', day: '2026-03-03' });
  await until(async () => {
    service.clock.advance(STEP_MS);
    return (await stored('LATE')).length + (await stored('NEXT')).length === 2;
  }, 'both days');
  bank.lines.push({ lineId: 'LATER', day: '2026-03-02' });
  service.clock.advance(3_700_000);
  await until(async () => (await stored('LATER')).length === 1, 'the past day again');
});

test('after a long stop every day in between is read, and closed', async () => {
  await service.whileDown(async () => {
    service.clock.set(new Date('2026-03-12T01:00:00Z'));
    bank.lines.push(...['2026-03-05', '2026-03-09', '2026-03-12'].map((day) => ({ lineId: `OF-${day}`, day })));
  });
  await until(async () => (await service.pool.query(`select 1 from bank_line where bank_line_id like 'OF-%'`)).rowCount === 3, 'the days of the stop');
  await until(async () => {
    const { rows } = await service.pool.query<{ day: string }>('select day::text from statement_day where next_pull_at is not null order by day');
    return rows.map(({ day }) => day).join() === '2026-03-09,2026-03-10,2026-03-11,2026-03-12';
  }, 'closed days');
});

test('another content under a known id changes nothing, and a person is told once', async () => {
  const id = show({ day: '2026-03-12' });
  await until(async () => {
    service.clock.advance(STEP_MS);
    return (await stored(id)).length === 1;
  }, 'the line');
  const at = bank.lines.findIndex(({ lineId }) => lineId === id);
  bank.lines[at] = { lineId: id, day: '2026-03-12', amountMinor: '1' };
  await until(async () => {
    service.clock.advance(STEP_MS);
    return (await service.pool.query('select 1 from bank_line_conflict')).rowCount === 1;
  }, 'the contradiction');
  expect((await service.pool.query('select amount_minor from bank_line where bank_line_id = $1', [id])).rows).toEqual([{ amount_minor: '2586822' }]);
  await expect(service.pool.query(`update bank_line set amount_minor = 1 where bank_line_id = $1`, [id])).rejects.toThrow(/permission denied/);
});
