import { DirectDebitCollected, DirectDebitFailed, InstalmentDue, newId, type PayloadOf } from '@millrace/contracts';
import { PARTNER, until, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { contracting, startHub } from '../../test/hub.js';

// Goal: what falls due reaches the bank only under a mandate that was signed, and what became of it reaches the books (M-DD-01, R-DB-08). Method: the real hub.
const esign = new EsignDouble();
let hub: TestService;
beforeAll(async () => {
  hub = await startHub(await esign.start());
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

/** A loan that is signed for, with or without a mandate. */
async function signed(mandate: boolean): Promise<{ applicationId: string; loanId: string }> {
  const { applicationId, contractSha256 } = await contracting(hub);
  const clauses = JSON.stringify({ graceDays: 3, ...(mandate ? { directDebit: { tries: 3, retryDays: 1 } } : {}) });
  await hub.pool.query('update contract set clauses = $2 where application_id = $1', [applicationId, clauses]);
  await hub.call('PUT', `/loan-applications/${applicationId}/signatures/${newId()}`, PARTNER, { contractSha256 });
  const loanId = await until(async () => {
    const { rows } = await hub.pool.query<{ loan_id: string }>('select loan_id from drawdown where application_id = $1', [applicationId]);
    return rows[0]?.loan_id;
  }, 'the drawdown');
  return { applicationId, loanId };
}

const due = (loan: { applicationId: string; loanId: string }, change: Partial<PayloadOf<InstalmentDue>> = {}) =>
  new InstalmentDue({
    ...loan,
    tenantId: 't1',
    debitId: newId(),
    dueOn: '2026-04-02',
    debitOn: '2026-04-02',
    tryNumber: 1,
    amountMinor: '2586822',
    currency: 'CNY',
    ...change,
  });
const carried = async (applicationId: string) =>
  (await hub.events(applicationId)).filter(({ type }) => type.startsWith('direct-debit')).map(({ type, payload }) => [type, payload] as const);

test('what falls due is ordered with all that the books say, and its end is told back', async () => {
  const loan = await signed(true);
  const event = due(loan);
  await hub.deliver(event);
  const { debitId } = event;
  await hub.deliver(new DirectDebitFailed({ ...loan, debitId, reasonCode: 'INSUFFICIENT_FUNDS' }));
  await hub.deliver(new DirectDebitCollected({ ...loan, debitId, amountMinor: '2586822', currency: 'CNY', bankReference: 'DB-1' }));
  const all = await carried(loan.applicationId);
  expect(all[0]).toEqual(['direct-debit-requested', JSON.parse(JSON.stringify(event))]);
  expect(all).toContainEqual(['direct-debit-ended', { ...loan, debitId, outcome: 'failed', reasonCode: 'INSUFFICIENT_FUNDS' }]);
  expect(all).toContainEqual(['direct-debit-ended', { ...loan, debitId, outcome: 'collected', bankReference: 'DB-1' }]);
});

test.each([
  ['without a mandate', async () => due(await signed(false))],
  ['of another lender', async () => due(await signed(true), { tenantId: 't2' })],
  ['under another id', async () => due(await signed(true), { loanId: newId() })],
])('M-DD-01: nothing is debited for a loan %s, whatever the books say', async (_what, make) => {
  const event = await make();
  await hub.deliver(event);
  expect(await carried(event.applicationId)).toEqual([]);
  expect((await hub.pool.query('select 1 from refused_event where reason like $1', [`%${event.applicationId}%`])).rowCount).toBeGreaterThan(0);
});

test('what is said of a debit of another loan is refused', async () => {
  const { applicationId } = await signed(true);
  await hub.deliver(new DirectDebitFailed({ applicationId, loanId: newId(), debitId: newId(), reasonCode: 'INSUFFICIENT_FUNDS' }));
  expect(await carried(applicationId)).toEqual([]);
});
