import { newId } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import { staff, until } from '@millrace/testing';
import { bookOf, endPools, newTenant } from '../../test/close-loans.js';
import { PartyDouble } from '../../test/party-double.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';

// Goal (G-CL-15, M-RN-01): who may renew is told so once, thirty days before the maturity, and nobody else is. Method: the real service under the first release
// that offers renewals; the party is an HTTP server that keeps what it was told, and the days are closed by the test. Two lenders have the same loans.
const party = new PartyDouble();
let monitoring: RunningMonitoring;
beforeAll(async () => {
  const environment = { MILLRACE_PROVIDERS_URL: await party.start(), MILLRACE_NOTICE_TIMEOUT_MS: '1000', MILLRACE_CLOSE_CUT_OFF: '23:59' };
  monitoring = await RunningMonitoring.start(environment, new Date('2028-05-02T01:00:00Z'));
}, 240_000);
afterAll(async () => {
  await endPools();
  await monitoring.stop();
  await party.stop();
});

const BOOKED = '2028-05-02';
const MATURES = '2028-06-02';
/** Of one month, with all the principal at its end. */
const TERMS = { disbursedOn: BOOKED, tenorMonths: 1, repaymentMethod: 'interest_monthly' } as const;

const bookOne = async (tenantId: string, change = {}): Promise<string> => (await monitoring.book({ tenantId, ...TERMS, ...change })).loanId;
/** Closes a day at half past midnight of the next, with those before it. */
async function close(day: IsoDate, ...tenantIds: readonly string[]): Promise<void> {
  monitoring.test.clock.set(new Date(`${addDays(day, 1)}T00:30:00+08:00`));
  for (const tenantId of tenantIds) await bookOf(monitoring).closeTenant(tenantId, day);
}
const noticesTo = (loanId: string) => party.about(loanId).filter(({ path }) => path === '/v1/notices');
const looksAt = async (...loanIds: readonly string[]): Promise<unknown[]> => {
  const sql = 'select reason_code as reason, offered_on::text as on from renewal_offer where loan_id = $1';
  return Promise.all(loanIds.map(async (loanId) => (await monitoring.test.pool.query(sql, [loanId])).rows));
};

test('G-CL-15, M-RN-01: a loan that qualifies gets one offer thirty days before it matures, in the morning; one that does not, or matures later, gets none', async () => {
  const [tenantId, otherTenantId] = [newTenant(), newTenant()];
  const [sound, misused, longer, other] = [
    await bookOne(tenantId),
    await bookOne(tenantId),
    await bookOne(tenantId, { tenorMonths: 2 }),
    await bookOne(otherTenantId),
  ];
  const fact = { kind: 'misuse', from: BOOKED, reason: 'monitoring_report' };
  const by = { ...staff('rita', 'risk_officer'), tenantId };
  expect(await monitoring.test.call('PUT', `/loans/${misused}/class-facts/${newId()}`, by, fact)).toMatchObject({ status: 201 });
  for (const one of [tenantId, otherTenantId]) await bookOf(monitoring).closeTenant(one, addDays(BOOKED, -1));
  expect(await looksAt(sound, misused, longer, other)).toEqual([[], [], [], []]);
  await close(BOOKED, tenantId);
  const on = addDays(MATURES, -30);
  expect(await looksAt(sound, misused, longer, other)).toEqual([[{ reason: null, on }], [{ reason: 'RENEWAL_LOAN_NOT_NORMAL', on }], [], []]);
  expect((await monitoring.test.event(sound, 'renewal-offered')).payload).toMatchObject({ loanId: sound, on, maturesOn: MATURES });
  expect(noticesTo(sound)).toEqual([]);
  monitoring.test.clock.set(new Date(`${on}T08:00:00+08:00`));
  await until(() => Promise.resolve(noticesTo(sound).length === 1), 'the offer');
  const { body } = noticesTo(sound)[0]!;
  expect(body).toMatchObject({ lender: tenantId, kind: 'renewal_offer', channel: 'message', addresseeRef: expect.stringMatching(/^firm:/) });
  expect(body['text']).toContain(`将于 ${MATURES} 到期,截至 ${on} 尚欠本金 300,000.00 元`);
  await close(addDays(BOOKED, 3), tenantId, otherTenantId);
  monitoring.test.clock.set(new Date(`${addDays(BOOKED, 4)}T09:00:00+08:00`));
  await until(() => Promise.resolve(noticesTo(other).length === 1), 'the offer of the other lender');
  expect([sound, misused, longer].map((loanId) => noticesTo(loanId).length)).toEqual([1, 0, 0]);
  expect((await monitoring.test.eventTypes(misused)).filter((type) => type === 'renewal-offered')).toEqual([]);
  const { items } = (await monitoring.test.call('GET', `/loans/${sound}/letters`, { ...staff('aida', 'auditor'), tenantId })).body;
  expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(['renewal_offer']);
});
