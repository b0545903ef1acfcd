import type { Principal } from '@millrace/service';
import { APPROVER, PARTNER, PAYMENT_OFFICER, RISK_OFFICER, staff, type TestService } from '@millrace/testing';
import { CLEAN, RecordingProviders } from '../../test/recording-providers.js';
import { nextPerson, nextUscc, outcomeOf, requestVerification as request, startKyc } from '../../test/verified-firm.js';

// Goal: who sees a person in the clear, and that no look goes unrecorded. Method: the real service, asked as the gateway asks it.
const providers = new RecordingProviders();
const COMPLIANCE = staff('cora', 'compliance');
let kyc: TestService;

beforeAll(async () => {
  kyc = await startKyc(await providers.start());
}, 120_000);
afterAll(async () => {
  await kyc.stop();
  await providers.stop();
});

test('T61: a risk officer sees the person in the clear where the verification asks for it, and each look is kept', async () => {
  const person = nextPerson();
  const uscc = nextUscc();
  providers.set(uscc, { identity: { ...CLEAN.identity, phoneMatched: false } });
  const applicationId = await request(kyc, { uscc, person });
  await outcomeOf(kyc, applicationId);
  const show = (by: Principal, id = applicationId) => kyc.call('GET', `/persons/${id}`, by);
  const readsAs = async (by: Principal) => (await kyc.call('GET', `/restricted-reads/${applicationId}`, by)).body.items as { what: string; staffId: string }[];
  for (const by of [PARTNER, APPROVER, PAYMENT_OFFICER, COMPLIANCE, staff('audrey', 'auditor'), staff('mei', 'account_manager'), staff('nobody')])
    expect((await show(by)).status).toBe(403);
  expect((await show({ ...RISK_OFFICER, tenantId: 'other' })).status).toBe(404);
  expect(await readsAs(COMPLIANCE)).toEqual([]);

  const { status, body } = await show(RISK_OFFICER);
  expect([status, body]).toEqual([200, { applicationId, name: person.name, idNumber: person.idNumber, mobile: person.mobile }]);
  await kyc.call('GET', `/screenings/${applicationId}`, COMPLIANCE);
  const look = { what: 'person', staffId: RISK_OFFICER.id, at: kyc.clock.now().toISOString() };
  expect(await readsAs(staff('audrey', 'auditor'))).toEqual([look]);
  // That somebody looked at hits on lists points at suspicion (R-LG-02).
  expect(await readsAs(COMPLIANCE)).toEqual([look, { ...look, what: 'screening', staffId: 'cora' }]);
  for (const by of [RISK_OFFICER, PARTNER]) expect((await kyc.call('GET', `/restricted-reads/${applicationId}`, by)).status).toBe(403);
});

test('T61: nobody sees a person whom nobody has to check, and no look is kept then', async () => {
  const applicationId = await request(kyc, { uscc: nextUscc(), person: nextPerson() });
  expect((await outcomeOf(kyc, applicationId)).type).toBe('passed');
  const { status, body } = await kyc.call('GET', `/persons/${applicationId}`, RISK_OFFICER);
  expect([status, body.code]).toEqual([409, 'NOT_REFERRED']);
  expect((await kyc.pool.query('select 1 from restricted_read where application_id = $1', [applicationId])).rowCount).toBe(0);
});
