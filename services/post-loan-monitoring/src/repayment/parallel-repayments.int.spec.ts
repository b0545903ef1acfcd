import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@millrace/contracts';
import { RunningMonitoring } from '../../test/running-monitoring.js';

// Method: the real service on real PostgreSQL gets many reports of one loan at the same moment.
let monitoring: RunningMonitoring;

/** Time after which the server has added a session's figures to its statistics. */
const STATISTICS_MS = 1_500;

beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 120_000);
afterAll(() => monitoring.stop());

async function deadlocks(): Promise<number> {
  await delay(STATISTICS_MS);
  const { rows } = await monitoring.test.pool.query<{ deadlocks: string }>('select deadlocks from pg_stat_database where datname = current_database()');
  return Number(rows[0]!.deadlocks);
}

describe.each([6, 12, 30, 50])('SEC-4, F24: %d reports at once', (count) => {
  test('of one transfer under ids of their own are one repayment', async () => {
    const { loanId } = await monitoring.book();
    const answers = await Promise.all(Array.from({ length: count }, () => monitoring.pay(loanId, '10000', { bankReference: `B-${loanId}` })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(count - 1);
    expect((await monitoring.journal(loanId)).items).toHaveLength(2);
    expect(await deadlocks()).toBe(0);
  });

  test('of one transfer for as many loans are one repayment', async () => {
    const loans = await Promise.all(Array.from({ length: 6 }, () => monitoring.book()));
    const bankReference = `B-${newId()}`;
    const answers = await Promise.all(Array.from({ length: count }, (_, at) => monitoring.pay(loans[at % 6]!.loanId, '10000', { bankReference })));
    const told = answers.map(({ status, body }) => (status === 409 ? body.code : status));
    expect(told.filter((one) => one === 201)).toHaveLength(1);
    expect(told.filter((one) => one !== 201 && one !== 200 && one !== 'BANK_REFERENCE_REUSED')).toEqual([]);
    expect(await deadlocks()).toBe(0);
  });

  test('of different transfers are all booked', async () => {
    const { loanId } = await monitoring.book();
    const answers = await Promise.all(Array.from({ length: count }, () => monitoring.pay(loanId, '10000')));
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect((await monitoring.trialBalance()).total).toBe('0');
    expect(await deadlocks()).toBe(0);
  });
});
