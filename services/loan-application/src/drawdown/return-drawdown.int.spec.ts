import { DisbursementReturned, LoanDisbursed, LoanSettled, LoanStatusChanged, newId, type PayloadOf } from '@millrace/contracts';
import { PARTNER, until, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { contracting, startHub } from '../../test/hub.js';

// Goal: a payout that comes back ends the drawdown once, behind what has opened the loan, and nobody's word does (R-DB-08, S13). Method: the real hub; every event is delivered three times.
const esign = new EsignDouble();
let hub: TestService;
beforeAll(async () => {
  hub = await startHub(await esign.start());
}, 120_000);
afterEach(async () => expect(await hub.parked()).toEqual([]));
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

interface Paid {
  readonly applicationId: string;
  readonly loanId: string;
  readonly payoutId: string;
  readonly amountMinor: string;
}

async function paid(): Promise<Paid> {
  const { applicationId, contractSha256 } = await contracting(hub);
  await hub.call('PUT', `/loan-applications/${applicationId}/signatures/${newId()}`, PARTNER, { contractSha256 });
  const order = await until(async () => {
    const sql = `select loan_id as "loanId", ordered_payout_id as "payoutId", amount_minor::text as "amountMinor" from drawdown where application_id = $1`;
    return (await hub.pool.query<Omit<Paid, 'applicationId'>>(sql, [applicationId])).rows[0];
  }, 'the drawdown');
  const paidAt = hub.clock.now().toISOString();
  await hub.deliver(new LoanDisbursed({ applicationId, ...order, currency: 'CNY', bankReference: 'BK1', paidAt }));
  return { applicationId, ...order };
}

const back = (loan: Paid, change: Partial<PayloadOf<DisbursementReturned>> = {}) =>
  new DisbursementReturned({
    ...{ ...loan, tenantId: 't1', lineId: newId(), currency: 'CNY', valueOn: '2026-03-03', bankReference: 'RT1' },
    ...{ bookedAt: hub.clock.now().toISOString(), ...change },
  });
const standing = async ({ applicationId }: Paid) =>
  (await hub.pool.query('select status, live, loan_status as "loanStatus" from drawdown where application_id = $1', [applicationId])).rows[0];
const told = async ({ applicationId }: Paid, type: string) =>
  (await hub.events(applicationId)).filter((event) => event.type === type).map(({ payload }) => payload);

test('the books are told once, with what the bank shows, and what they say late of the loan changes no drawdown', async () => {
  const loan = await paid();
  const event = back(loan);
  await hub.deliver(event);
  expect(await standing(loan)).toMatchObject({ status: 'RETURNED', live: false });
  expect(await told(loan, 'loan-returned')).toEqual([JSON.parse(JSON.stringify(event))]);
  expect((await hub.eventTypes(loan.applicationId)).filter((type) => ['loan-activated', 'loan-returned'].includes(type))).toEqual([
    'loan-activated',
    'loan-returned',
  ]);
  const { applicationId, loanId } = loan;
  await hub.deliver(new LoanSettled({ applicationId, loanId, settledOn: '2026-03-03' }));
  expect(await told(loan, 'loan-closed')).toEqual([]);
  await hub.deliver(
    new LoanStatusChanged({ applicationId, loanId, on: '2026-03-03', status: 'RETURNED', statusBefore: 'ACTIVE', reasonCode: 'PAYOUT_RETURNED' }),
  );
  expect(await standing(loan)).toMatchObject({ status: 'RETURNED', loanStatus: 'RETURNED' });
});

test.each([
  ['a fen less', () => ({ amountMinor: '1' })],
  ['another payout', () => ({ payoutId: newId() })],
  ['another lender', () => ({ tenantId: 't2' })],
])('what says %s came back is refused, and the loan lives on', async (_what, change) => {
  const loan = await paid();
  await hub.deliver(back(loan, change()));
  expect(await standing(loan)).toMatchObject({ status: 'PAID', loanStatus: 'ACTIVE' });
  expect(await told(loan, 'loan-returned')).toEqual([]);
});
