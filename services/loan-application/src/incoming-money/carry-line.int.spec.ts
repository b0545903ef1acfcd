import { newId, StatementLineStored, type PayloadOf } from '@millrace/contracts';
import { PARTNER, until, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { contracting, startHub } from '../../test/hub.js';

// Goal: what the bank shows reaches the books of its loan once, behind the loan's own story, and nobody's word turns it to another loan (R-DB-08). Method: the real hub.
const esign = new EsignDouble();
let hub: TestService;
let loan: { applicationId: string; loanId: string };

beforeAll(async () => {
  hub = await startHub(await esign.start());
  const { applicationId, contractSha256 } = await contracting(hub);
  await hub.call('PUT', `/loan-applications/${applicationId}/signatures/${newId()}`, PARTNER, { contractSha256 });
  const loanId = await until(async () => {
    const { rows } = await hub.pool.query<{ loan_id: string }>('select loan_id from drawdown where application_id = $1', [applicationId]);
    return rows[0]?.loan_id;
  }, 'the drawdown');
  loan = { applicationId, loanId };
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

function line(change: Partial<PayloadOf<StatementLineStored>> = {}): StatementLineStored {
  const lineId = newId();
  const told = { lineId, tenantId: 't1', direction: 'credit' as const, amountMinor: '100', currency: 'CNY', valueOn: '2026-03-02' };
  return new StatementLineStored({ storyId: lineId, ...told, bookedAt: '2026-03-02T01:00:00.000Z', bankReference: `B-${lineId}`, ...change });
}
const carried = async (key: string) => (await hub.events(key)).filter(({ type }) => type === 'money-received').map(({ payload }) => payload);

test('money of a loan is carried among the events of its application, once, with all that the line says but its direction', async () => {
  const event = line({ storyId: loan.applicationId, ...loan, payerIsBorrower: false });
  await hub.deliver(event);
  const { direction: _, ...rest } = JSON.parse(JSON.stringify(event));
  // Told three times, of which one has another event id: post-loan-monitoring knows the line by its own id.
  const all = await carried(loan.applicationId);
  expect(new Set(all.map((payload) => JSON.stringify(payload))).size).toBe(1);
  expect(all[0]).toEqual(rest);
});

test('money that names no loan is carried by itself; what goes out is not', async () => {
  const [nobody, out] = [line({ loanId: newId() }), line({ direction: 'debit' })];
  await hub.deliver(nobody);
  await hub.deliver(out);
  expect((await carried(nobody.lineId))[0]).toMatchObject({ lineId: nobody.lineId, loanId: nobody.loanId });
  expect(await carried(out.lineId)).toEqual([]);
});

test.each([
  ['another loan', () => ({ loanId: newId() })],
  ['another lender', () => ({ tenantId: 't2' })],
  ['an application that there is not', () => ({ applicationId: newId() })],
])('a line that gives an application to %s is refused, and carried nowhere', async (_what, change) => {
  const told = { ...loan, ...change() };
  const event = line({ storyId: told.applicationId, ...told });
  await hub.deliver(event);
  expect(await carried(told.applicationId)).not.toContainEqual(expect.objectContaining({ lineId: event.lineId }));
  expect((await hub.pool.query('select 1 from refused_event where reason like $1', [`%${told.applicationId}%`])).rowCount).toBeGreaterThan(0);
});
