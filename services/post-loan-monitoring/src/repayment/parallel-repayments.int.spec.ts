import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@millrace/contracts';
import { RunningMonitoring } from '../../test/running-monitoring.js';

// Method: the real service on real PostgreSQL gets many reports of one loan at the same moment.
let monitoring: RunningMonitoring;

/** Time after which the server has added a session's figures to its statistics. */
const STATISTICS_MS = 1_500;

beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(() => monitoring.stop());

async function deadlocks(): Promise<number> {
  await delay(STATISTICS_MS);
  const { rows } = await monitoring.test.pool.query<{ deadlocks: string }>('select deadlocks from pg_stat_database where datname = current_database()');
  return Number(rows[0]!.deadlocks);
}

describe.each([6, 12, 30, 50])('SEC-4, F24: %d reports at once', (count) => {
  test('of one transfer under ids of their own are one announcement', async () => {
    const { loanId } = await monitoring.book();
    const answers = await Promise.all(Array.from({ length: count }, () => monitoring.report(loanId, '10000', { bankReference: `B-${loanId}` })));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(count);
    expect(answers.filter(({ body }) => body.duplicateOf === null)).toHaveLength(1);
    expect((await monitoring.journal(loanId)).items).toHaveLength(1);
    expect(await deadlocks()).toBe(0);
  });

  test('and their line, of one transfer for as many loans, are one repayment', async () => {
    const loans = await Promise.all(Array.from({ length: 6 }, () => monitoring.book()));
    const bankReference = `B-${newId()}`;
    const line = await monitoring.line(loans[3]!.loanId, '10000', { bankReference });
    const reports = Promise.all(Array.from({ length: count }, (_, at) => monitoring.report(loans[at % 6]!.loanId, '10000', { bankReference })));
    const [answers] = await Promise.all([reports, monitoring.test.deliver(line)]);
    const told = answers.map(({ status, body }) => (status === 409 ? body.code : status));
    expect(told.filter((one) => one !== 202 && one !== 200 && one !== 'BANK_REFERENCE_REUSED')).toEqual([]);
    const { rows } = await monitoring.test.pool.query('select loan_id from repayment where bank_reference = $1', [bankReference]);
    expect(rows).toEqual([{ loan_id: loans[3]!.loanId }]);
    expect(await deadlocks()).toBe(0);
  });

  test('of different transfers all wait, and move nothing', async () => {
    const { loanId } = await monitoring.book();
    const answers = await Promise.all(Array.from({ length: count }, () => monitoring.report(loanId, '10000')));
    expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
    expect(await monitoring.loan(loanId)).toMatchObject({ heldMinor: '0' });
    expect(await deadlocks()).toBe(0);
  });
});
