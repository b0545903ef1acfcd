import { readFileSync } from 'node:fs';
import { newId } from '@millrace/contracts';
import { sayAbout, staff, taskAbout, until, type Answer } from '@millrace/testing';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { REPAYMENT_ELSEWHERE, REPAYMENT_REVERSAL } from '../reversal/repayment-reversal.task.js';
import { DOUBTFUL_MONEY, SUSPENSE_MONEY } from './suspense-money.task.js';

// Goal: money that was booked on a wrong loan finds its way through suspense to the right one, as often as people err; what the bank took back does not
// (S16, R-DB-08, R-UW-05). Method: the real service, decisions as lendctl makes them, the whole ledger after each step.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect(await monitoring.test.parked()).toEqual([]);
  expect((await monitoring.trialBalance()).total).toBe('0');
  await monitoring.stop();
});

const OFFICER = staff('pan', 'payment_officer');
const AMOUNT = 700_000n;

/** What is owed to whoever the money in suspense belongs to, in fen. */
const kept = async (): Promise<bigint> => -BigInt((await monitoring.trialBalance()).byAccount['2242'] ?? '0');
const cash = async (): Promise<bigint> => BigInt((await monitoring.trialBalance()).byAccount['1002'] ?? '0');
const held = async (loanId: string): Promise<string> => (await monitoring.loan(loanId)).heldMinor;
const suspense = async (lineId: string) =>
  (await monitoring.test.pool.query('select state, loan_id, again_for from suspense where line_id = $1', [lineId])).rows[0];
/** Days since which money is in suspense again, one for each decision to take it out of a loan. */
const again = async (...loanIds: readonly string[]): Promise<string[]> => {
  const read = `select e.value_on::text as day from journal_entry e join reversal_request q on q.task_id = e.source_id
    where e.source_kind = 'SUSPENSE_AGAIN' and q.loan_id = any($1) order by e.seq`;
  return (await monitoring.test.pool.query(read, [loanIds])).rows.map(({ day }) => day);
};

const ask = (loanId: string, repaymentId: string, reason: string): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loanId}/reversals/${newId()}`, OFFICER, { repaymentId, reason });

async function reverse(repaymentId: string, kind = REPAYMENT_REVERSAL): Promise<void> {
  const { taskId } = (await taskAbout(monitoring.test, kind, { repaymentId }))!;
  await sayAbout(monitoring.test, kind, taskId, { decision: 'reverse', reason: 'BANK_STATEMENT_SEEN' }, 'Li Na', 'Wang Wei');
  await until(async () => !(await taskAbout(monitoring.test, kind, { repaymentId })), 'the decision to be applied');
}

async function takeBack(loanId: string, repaymentId: string, reason: string): Promise<void> {
  expect((await ask(loanId, repaymentId, reason)).status).toBe(202);
  await reverse(repaymentId, reason === 'booked_wrongly' ? REPAYMENT_ELSEWHERE : REPAYMENT_REVERSAL);
}

async function assign(lineId: string, loanId: string): Promise<void> {
  const { taskId } = (await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId }, 'open'))!;
  const saying = { decision: 'assign', parameters: { loanId }, reason: 'BANK_STATEMENT_SEEN' };
  await sayAbout(monitoring.test, SUSPENSE_MONEY, taskId, saying, 'Li Na', 'Wang Wei');
  await until(async () => (await suspense(lineId)).state === 'assigned', 'the assignment');
}

const repaymentOf = async (loanId: string): Promise<string> =>
  (await monitoring.test.call('GET', `/loans/${loanId}/repayments`)).body.items.find(({ reversed }: { reversed: boolean }) => !reversed).repaymentId;

test('S16: money on a wrong loan is in suspense once it is taken back, is given to another wrong one, and back to the first under a new id', async () => {
  const [first, second] = [await monitoring.book(), await monitoring.book()];
  const came = monitoring.today;
  const [keptBefore, cashBefore] = [await kept(), await cash()];
  const { repaymentId: lineId } = await monitoring.pay(first.loanId, AMOUNT, { bankReference: 'WRONG-1' });
  monitoring.goTo('2026-03-09');
  await takeBack(first.loanId, lineId, 'booked_wrongly');
  expect([await held(first.loanId), (await kept()) - keptBefore, (await cash()) - cashBefore]).toEqual(['0', AMOUNT, AMOUNT]);
  expect(await suspense(lineId)).toEqual({ state: 'open', loan_id: null, again_for: 'BOOKED_WRONGLY' });
  // It is in suspense since it came, as it has never been in one.
  expect(await again(first.loanId)).toEqual([came]);
  const facts = { why: 'BOOKED_WRONGLY', wrongLoanId: first.loanId, amountMinor: String(AMOUNT), bankReference: 'WRONG-1' };
  expect(await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId }, 'open')).toMatchObject({ facts });
  expect(await monitoring.report(first.loanId, AMOUNT, { bankReference: 'WRONG-1' })).toMatchObject({ status: 409, body: { code: 'MONEY_KEPT_ALREADY' } });

  await assign(lineId, second.loanId);
  expect([await held(second.loanId), await kept()]).toEqual([String(AMOUNT), keptBefore]);
  expect(await repaymentOf(second.loanId)).toBe(lineId);
  monitoring.goTo('2026-03-12');
  await takeBack(second.loanId, lineId, 'booked_wrongly');
  expect(await again(second.loanId)).toEqual(['2026-03-09']);
  await assign(lineId, first.loanId);
  expect([await held(first.loanId), await held(second.loanId), await kept(), (await cash()) - cashBefore]).toEqual([String(AMOUNT), '0', keptBefore, AMOUNT]);
  const { body } = await monitoring.test.call('GET', `/loans/${first.loanId}/repayments`);
  expect(body.items).toMatchObject([
    { repaymentId: lineId, reversed: true },
    { reversed: false, receivedOn: came, bankReference: 'WRONG-1', amountMinor: String(AMOUNT) },
  ]);
  expect(body.items[1].repaymentId).not.toBe(lineId);
  // And once more, from under the new id.
  await takeBack(first.loanId, body.items[1].repaymentId, 'booked_wrongly');
  expect([await suspense(lineId), (await kept()) - keptBefore]).toEqual([{ state: 'open', loan_id: null, again_for: 'BOOKED_WRONGLY' }, AMOUNT]);
});

test.each(['bounced', 'recalled'])('S16: what the bank took back (%s) is no money to be given', async (reason) => {
  const { loanId } = await monitoring.book();
  const [keptBefore, cashBefore] = [await kept(), await cash()];
  const { repaymentId: lineId } = await monitoring.pay(loanId, AMOUNT);
  await takeBack(loanId, lineId, reason);
  expect([await suspense(lineId), await kept(), await cash()]).toEqual([undefined, keptBefore, cashBefore]);
  expect(await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId })).toBeUndefined();
});

test('what a version before has booked on a word, and the bank never showed, is taken back and is nowhere', async () => {
  const { loanId } = await monitoring.book();
  const { repaymentId } = await monitoring.pay(loanId, AMOUNT);
  await monitoring.test.pool.query('update repayment set line_id = null where repayment_id = $1', [repaymentId]);
  const keptBefore = await kept();
  await takeBack(loanId, repaymentId, 'told_wrongly');
  expect([await suspense(repaymentId), await kept()]).toEqual([undefined, keptBefore]);
});

test('S16, R-DB-08: what the bank has shown was not told wrongly, and what it has not shown is not there for another', async () => {
  const { loanId } = await monitoring.book();
  const { repaymentId } = await monitoring.pay(loanId, AMOUNT);
  const refused = { status: 422, body: { code: 'REVERSAL_REASON_NOT_POSSIBLE' } };
  expect(await ask(loanId, repaymentId, 'told_wrongly')).toMatchObject(refused);
  await monitoring.test.pool.query('update repayment set line_id = null where repayment_id = $1', [repaymentId]);
  expect(await ask(loanId, repaymentId, 'booked_wrongly')).toMatchObject(refused);
  expect((await ask(loanId, repaymentId, 'told_wrongly')).status).toBe(202);
});

test('S16, R-DB-08: a request of before that says told wrongly of money on the statement asks first whether the bank has it; if not, nobody gets it', async () => {
  const { loanId } = await monitoring.book();
  const [keptBefore, cashBefore] = [await kept(), await cash()];
  const { repaymentId: lineId } = await monitoring.pay(loanId, AMOUNT);
  await monitoring.test.pool.query('update repayment set line_id = null where repayment_id = $1', [lineId]);
  expect((await ask(loanId, lineId, 'told_wrongly')).status).toBe(202);
  await monitoring.test.pool.query('update repayment set line_id = $1 where repayment_id = $1', [lineId]);
  await reverse(lineId);
  expect([await suspense(lineId), (await kept()) - keptBefore]).toEqual([{ state: 'open', loan_id: null, again_for: 'TOLD_WRONGLY' }, AMOUNT]);
  expect(await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId })).toBeUndefined();
  const { taskId } = (await taskAbout(monitoring.test, DOUBTFUL_MONEY, { lineId }))!;
  const saying = { decision: 'return', parameters: { returnReference: 'TAKEN-BACK-1' }, reason: 'BANK_STATEMENT_SEEN' };
  await sayAbout(monitoring.test, DOUBTFUL_MONEY, taskId, saying, 'Li Na', 'Wang Wei');
  await until(async () => (await suspense(lineId)).state === 'returned', 'the money to leave suspense');
  expect([await kept(), await cash()]).toEqual([keptBefore, cashBefore]);
});

test('R-DB-08, R-UW-05: what a version before took back as told wrongly is put in suspense at the upgrade, once, and what the bank took back is not', async () => {
  const { loanId } = await monitoring.book();
  const [keptBefore, came] = [await kept(), monitoring.today];
  const lines: string[] = [];
  for (const reason of ['told_wrongly', 'bounced']) {
    const { repaymentId } = await monitoring.pay(loanId, AMOUNT);
    lines.push(repaymentId);
    // A version before put no line in suspense.
    await monitoring.test.pool.query('update repayment set line_id = null where repayment_id = $1', [repaymentId]);
    await takeBack(loanId, repaymentId, reason);
    await monitoring.test.pool.query('update repayment set line_id = $1 where repayment_id = $1', [repaymentId]);
  }
  const [wrongly, bounced] = lines as [string, string];
  const migration = readFileSync(new URL('../../migrations/0054_doubtful_line.sql', import.meta.url), 'utf8');
  const fill = migration.slice(migration.indexOf('insert into'));
  await monitoring.test.pool.query(fill);
  await until(async () => (await suspense(wrongly))?.again_for === 'TOLD_WRONGLY', 'the line in suspense');
  await monitoring.test.pool.query(fill);
  expect((await monitoring.test.pool.query('select 1 from doubtful_line')).rowCount).toBe(0);
  expect([await suspense(bounced), (await kept()) - keptBefore, await again(loanId)]).toEqual([undefined, AMOUNT, [came]]);
  expect(await taskAbout(monitoring.test, DOUBTFUL_MONEY, { lineId: wrongly }, 'open')).toMatchObject({ facts: { why: 'TOLD_WRONGLY', wrongLoanId: loanId } });
});
