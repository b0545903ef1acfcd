import { KycPassed, newId } from '@millrace/contracts';
import { OTHER_PARTNER, PARTNER, type Answer, type TestService } from '@millrace/testing';
import { contracting, disbursing, startHub, submit } from '../../test/hub.js';
import { clean, consentsOf } from '../../test/submission.js';
import { EsignDouble } from '../../test/esign-double.js';

// Method: the real service on real PostgreSQL; consents are withdrawn over HTTP as the gateway does it.
const provider = new EsignDouble();
let hub: TestService;
beforeAll(async () => {
  hub = await startHub(await provider.start());
  provider.now = () => hub.clock.now();
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await provider.stop();
});

const withdraw = (id: string, consentId: string, withdrawalId = newId(), by = PARTNER): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${id}/consent-withdrawals/${withdrawalId}`, by, { consentId });
const consentOf = async (id: string, type: string): Promise<{ consentId: string; withdrawnAt: string | null }> => {
  const { body } = await hub.call('GET', `/loan-applications/${id}/consents`);
  return body.items.find((consent: { type: string }) => consent.type === type);
};

test('S11, G-PI-01: a consent that the product needs is withdrawn while the checks run: cancelled, told to the spokes once, and late outcomes change nothing', async () => {
  const id = await submit(hub);
  const { consentId } = await consentOf(id, 'C2');
  const withdrawalId = newId();
  const first = await withdraw(id, consentId, withdrawalId);
  expect(first).toMatchObject({ status: 200, body: { withdrawalId, applicationId: id, consentId, type: 'C2', effect: 'cancelled' } });
  expect((await withdraw(id, consentId, withdrawalId)).body).toEqual(first.body);
  expect((await hub.call('GET', `/loan-applications/${id}`)).body).toMatchObject({ status: 'CANCELLED', waitingFor: null });
  await hub.deliver(new KycPassed(clean(id)));
  expect(await hub.eventTypes(id)).toEqual(['submitted', 'kyc-requested', 'consent-revoked', 'cancelled']);
  const [, , revoked, cancelled] = await hub.events(id);
  expect(revoked!.payload).toEqual({ applicationId: id, consentId, type: 'C2', revokedAt: first.body.withdrawnAt, storedOnly: true });
  expect(cancelled!.payload).toMatchObject({ reasonCode: 'CONSENT_REVOKED' });
  expect((await consentOf(id, 'C2')).withdrawnAt).toBe(first.body.withdrawnAt);
  expect((await consentOf(id, 'C1')).withdrawnAt).toBeNull();
  // Whoever has withdrawn may apply again at once.
  const { rows } = await hub.pool.query('select 1 from firm_block');
  expect(rows).toEqual([]);
});

test('what is withdrawn already, of another application, or of another partner, is refused and changes nothing', async () => {
  const [id, other] = [await submit(hub), await submit(hub)];
  const { consentId } = await consentOf(id, 'C1');
  expect((await withdraw(other, consentId)).status).toBe(404);
  expect((await withdraw(id, consentId, newId(), OTHER_PARTNER)).status).toBe(404);
  expect((await withdraw(id, 'C1')).body.code).toBe('VALIDATION_FAILED');
  const withdrawalId = newId();
  expect((await withdraw(id, consentId, withdrawalId)).status).toBe(200);
  expect(await withdraw(id, consentId)).toMatchObject({ status: 409, body: { code: 'CONSENT_WITHDRAWN_ALREADY' } });
  const { consentId: second } = await consentOf(id, 'C3');
  expect(await withdraw(id, second, withdrawalId)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect((await withdraw(id, second)).body.effect).toBe('ended_before');
  expect((await hub.call('GET', `/loan-applications/${other}`)).body.status).toBe('CHECKING');
});

test('a consent that the product does not need is withdrawn: the application goes on, and the spokes hear of it', async () => {
  await hub.pool.query(`update product set required_consents = array_remove(required_consents, 'C6')`);
  const id = await submit(hub, { consents: consentsOf(hub.clock.now()) });
  const { consentId } = await consentOf(id, 'C6');
  expect((await withdraw(id, consentId)).body).toMatchObject({ type: 'C6', effect: 'goes_on' });
  expect((await hub.call('GET', `/loan-applications/${id}`)).body.status).toBe('CHECKING');
  expect(await hub.eventTypes(id)).toEqual(['submitted', 'kyc-requested', 'consent-revoked']);
});

test('until all have signed the withdrawal cancels; of a signed contract it is recorded, and the contract stands', async () => {
  const { applicationId } = await contracting(hub);
  expect((await withdraw(applicationId, (await consentOf(applicationId, 'C8')).consentId)).body.effect).toBe('cancelled');
  const signed = (await disbursing(hub)).applicationId;
  expect((await withdraw(signed, (await consentOf(signed, 'C2')).consentId)).body.effect).toBe('contract_stands');
  expect((await hub.call('GET', `/loan-applications/${signed}`)).body).toMatchObject({ status: 'COMPLETED', drawdown: { status: 'REQUESTED' } });
  expect((await hub.eventTypes(signed)).at(-1)).toBe('consent-revoked');
  const history = await hub.pool.query(`select effect, reason from application_history where application_id = $1 and trigger = 'ConsentRevoked'`, [signed]);
  expect(history.rows).toEqual([{ effect: 'noted', reason: 'CONSENT_REVOKED' }]);
});
