import { createHash } from 'node:crypto';
import { newId } from '@millrace/contracts';
import { PARTNER, RISK_OFFICER, until, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { guarantorOf, type GuarantorBody } from '../../test/guarantors.js';
import { accepted, offered, paid, startHub, statusOf } from '../../test/hub.js';
import { consentsOf, nextUscc, submission } from '../../test/submission.js';
import { isSignatureOf } from '../esign/verify-signature.js';

// Goal (R-CR-19, S18): a loan for which somebody is to stand is lent when all parties have signed, and not without one of them. Method: the real service on real
// PostgreSQL; the e-signature service is an HTTP server with real keys.
const DAY_MS = 86_400_000;
const LENDER_USCC = '91990100MA0LENDER2';
const esign = new EsignDouble();
let hub: TestService;

beforeAll(async () => {
  hub = await startHub(await esign.start());
  esign.now = () => hub.clock.now();
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});
afterEach(() => {
  esign.mode = 'sign';
});

const sign = (applicationId: string, contractSha256: string, signatureId = newId()): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/signatures/${signatureId}`, PARTNER, { contractSha256 });
const guarantorsOf = async (applicationId: string): Promise<Answer['body'][]> =>
  (await hub.call('GET', `/loan-applications/${applicationId}/guarantors`)).body.items;
const contractSigners = async (applicationId: string): Promise<string[]> =>
  (await hub.call('GET', `/loan-applications/${applicationId}/contract`)).body.signatures.map(({ signerRole }: { signerRole: string }) => signerRole);
const statesOf = async (applicationId: string): Promise<string[]> => (await guarantorsOf(applicationId)).map(({ state }) => state as string);
const named = (party: GuarantorBody['party'], change: Partial<GuarantorBody> = {}): GuarantorBody => guarantorOf(party, hub.clock.now(), change);

/** An application with guarantors whose contracts can be signed. */
async function contracted(...guarantors: GuarantorBody[]): Promise<{ applicationId: string; contractSha256: string; hashes: string[] }> {
  const applicationId = await offered(hub, { guarantors });
  const contract = await accepted(hub, applicationId);
  return { ...contract, hashes: (await guarantorsOf(applicationId)).map(({ contract: { contractSha256 } }) => contractSha256 as string) };
}

test('S18: a person and a firm sign their own contracts before the borrower, and the loan is lent with both', async () => {
  const person = named('person', { shareBps: 5_000 });
  const firm = named('firm', { kind: 'general', periodMonths: 24 });
  const applicationId = await offered(hub, { guarantors: [person, firm] });
  expect(await statesOf(applicationId)).toEqual(['named', 'named']);
  expect((await hub.event(applicationId, 'kyc-requested')).payload['guarantors']).toEqual(
    [person, firm].map(({ guarantorId, guarantorRecordId, consents }) => ({
      ...{ guarantorId, guarantorRecordId, consents: consents.map(({ consentId, type, grantedAt }) => ({ consentId, type, grantedAt })) },
    })),
  );
  const { contractSha256 } = await accepted(hub, applicationId);
  const asked = await guarantorsOf(applicationId);
  expect(asked).toMatchObject([
    // Half of the principal of 300,000; six months as nothing is agreed (G-EC-04).
    { guarantorId: person.guarantorId, party: 'person', name: '测**', state: 'asked', contract: { limitMinor: '15000000', periodMonths: 6 } },
    { guarantorId: firm.guarantorId, identifier: firm.identifier, state: 'asked', contract: { limitMinor: '40000000', periodMonths: 24 } },
  ]);
  expect(asked[0].consents.map(({ type }: { type: string }) => type)).toEqual(['C2', 'C3', 'C4', 'C8']);
  for (const { contract } of asked) {
    expect(createHash('sha256').update(contract.text).digest('hex')).toBe(contract.contractSha256);
    for (const text of [contract.text, contract.translation.text]) expect(text).toContain(contractSha256);
  }
  const [ofPerson, ofFirm] = asked.map(({ contract }) => contract.contractSha256 as string) as [string, string];

  expect(await sign(applicationId, contractSha256)).toMatchObject({ status: 409, body: { code: 'GUARANTOR_NOT_SIGNED' } });
  for (const hash of [ofPerson, ofFirm]) expect((await sign(applicationId, hash)).status).toBe(202);
  await until(async () => (await statesOf(applicationId)).every((state) => state === 'signed'), 'the guarantors');
  expect(esign.about(ofPerson).map(({ body }) => body)).toEqual([
    { documentSha256: ofPerson, signerRef: person.guarantorId, signerRole: 'guarantor' },
    { documentSha256: ofPerson, signerUscc: LENDER_USCC, signerRole: 'lender' },
  ]);
  expect(esign.about(ofFirm)[0]!.body).toEqual({ documentSha256: ofFirm, signerUscc: firm.identifier, signerRole: 'guarantor' });
  for (const { contract } of await guarantorsOf(applicationId)) {
    expect(contract.signatures.map(({ signerRole }: { signerRole: string }) => signerRole)).toEqual(['guarantor', 'lender']);
    for (const { signatureBase64, certificatePublicKeyPem } of contract.signatures)
      expect(isSignatureOf(contract.contractSha256, signatureBase64, certificatePublicKeyPem)).toBe(true);
  }
  expect(await sign(applicationId, ofFirm)).toMatchObject({ status: 409, body: { code: 'GUARANTOR_SIGNED_ALREADY' } });
  expect(await statusOf(hub, applicationId)).toBe('CONTRACTING');
  // What the guarantors have signed is no signature of the contract of the loan.
  expect(await contractSigners(applicationId)).toEqual([]);

  await sign(applicationId, contractSha256);
  await until(async () => (await statusOf(hub, applicationId)) === 'REQUESTED', 'the borrower');
  expect(await contractSigners(applicationId)).toEqual(['borrower', 'lender']);
  const { loanId } = (await hub.call('GET', `/loan-applications/${applicationId}`)).body;
  await hub.deliver(await paid(hub, applicationId, loanId));
  const agreed = ({ guarantorId: guaranteeId, guarantorRef, kind }: GuarantorBody) => ({ guaranteeId, guarantorRef, kind });
  expect((await hub.event(applicationId, 'loan-activated')).payload['guarantees']).toEqual([
    { ...agreed(person), limitMinor: '15000000', periodMonths: 6, contractSha256: ofPerson },
    { ...agreed(firm), limitMinor: '40000000', periodMonths: 24, contractSha256: ofFirm },
  ]);
  const { body: history } = await hub.call('GET', `/loan-applications/${applicationId}/history`, RISK_OFFICER);
  expect([history.firstBrokenRow, history.items.filter(({ trigger }: { trigger: string }) => trigger === 'GuarantorSigned')]).toMatchObject([
    null,
    [{ reason: 'SIGNED' }, { reason: 'SIGNED' }],
  ]);
  expect((await hub.call('GET', `/loan-applications/${applicationId}/guarantors`, { ...PARTNER, partnerId: 'another' })).status).toBe(404);
}, 30_000);

test('R-CR-19: a guarantor who declines ends the application, and what the others have not signed is void', async () => {
  const { applicationId, contractSha256, hashes } = await contracted(named('person'), named('firm'));
  esign.mode = 'decline';
  await sign(applicationId, hashes[0]!);
  await until(async () => (await statusOf(hub, applicationId)) === 'CANCELLED', 'the end');
  expect(await statesOf(applicationId)).toEqual(['refused', 'void']);
  expect((await hub.event(applicationId, 'cancelled')).payload).toMatchObject({ reasonCode: 'GUARANTOR_REFUSED' });
  for (const hash of [hashes[1]!, contractSha256]) expect(await sign(applicationId, hash)).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
});

test('M-AP-10: a guarantor who has not signed within 7 days lets the contract expire, also where another has', async () => {
  const { applicationId, hashes } = await contracted(named('person'), named('firm'));
  esign.mode = 'forge';
  await sign(applicationId, hashes[1]!);
  await until(
    async () => (await hub.call('GET', `/loan-applications/${applicationId}/history`, RISK_OFFICER)).body.items.at(-1).reason === 'SIGNATURE_INVALID',
  );
  // A signature that proves nothing refuses nothing: the guarantor may sign again.
  expect([await statusOf(hub, applicationId), await statesOf(applicationId)]).toEqual(['CONTRACTING', ['asked', 'asked']]);
  esign.mode = 'sign';
  await sign(applicationId, hashes[0]!);
  await until(async () => (await statesOf(applicationId))[0] === 'signed', 'the first guarantor');
  hub.clock.advance(7 * DAY_MS);
  await until(async () => (await statusOf(hub, applicationId)) === 'EXPIRED', 'the end of the contract');
  expect(await statesOf(applicationId)).toEqual(['signed', 'void']);
});

test.each<[string, string, () => GuarantorBody[] | undefined]>([
  ['CONSENT_MISSING', 'guarantors.0.consents', () => [named('person', { consents: named('firm').consents })]],
  ['CONSENT_NEEDLESS', 'guarantors.0.consents', () => [named('firm', { consents: consentsOf(hub.clock.now()) })]],
  ['CONSENT_TOO_OLD', 'guarantors.0.consents', () => [guarantorOf('person', new Date(hub.clock.now().getTime() - 400 * DAY_MS))]],
  [
    'CONSENT_TEXT_CHANGED',
    'guarantors.0.consents.0.textSha256',
    () => [named('firm', { consents: named('firm').consents.map((one) => ({ ...one, textVersion: 'consent-C1.v1' })) })],
  ],
  ['GUARANTOR_REPEATED', 'guarantors.1', () => [named('firm', { guarantorRef: 'G-SAME' }), named('person', { guarantorRef: 'G-SAME' })]],
  ['GUARANTOR_REQUIRED', 'guarantors', () => undefined],
])('M-AP-01: %s at %s', async (code, field, guarantors) => {
  await hub.pool.query(
    `insert into product select (jsonb_populate_record(p, '{"product_code": "guaranteed-loan", "min_guarantors": 1}')).* from product p where product_code = 'invoice-loan' on conflict do nothing`,
  );
  const list = guarantors();
  const body = submission({ productCode: 'guaranteed-loan', consents: consentsOf(hub.clock.now()), ...(list ? { guarantors: list } : {}) });
  const { status, body: problem } = await hub.call('PUT', `/loan-applications/${newId()}`, PARTNER, body);
  expect([status, problem.code, problem.errors[0].field]).toEqual([422, code, field]);
});

test('M-EV-07: the same application again is known however its guarantor is masked; the borrower, and an id that was used, are refused', async () => {
  const applicationId = newId();
  const guarantor = named('person');
  const body = submission({ consents: consentsOf(hub.clock.now()), guarantors: [guarantor] });
  const put = (change: object, id = applicationId) => hub.call('PUT', `/loan-applications/${id}`, PARTNER, { ...body, ...change });
  expect((await put({})).status).toBe(201);
  expect((await put({ guarantors: [{ ...guarantor, name: '测*' }] })).status).toBe(200);
  expect(await put({ guarantors: [{ ...guarantor, limitMinor: '1' }] })).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  const uscc = nextUscc();
  const other = { company: { ...body.company, uscc }, consents: consentsOf(hub.clock.now()) };
  const again = { ...named('person'), guarantorId: guarantor.guarantorId };
  expect(await put({ ...other, guarantors: [again] }, newId())).toMatchObject({ status: 409, body: { code: 'ID_REUSED', errors: [{ field: 'guarantors' }] } });
  const own = named('firm', { identifier: uscc });
  expect(await put({ ...other, guarantors: [own] }, newId())).toMatchObject({ status: 422, body: { code: 'GUARANTOR_IS_BORROWER' } });
  const lender = named('firm', { identifier: LENDER_USCC });
  expect(await put({ ...other, guarantors: [lender] }, newId())).toMatchObject({ status: 422, body: { code: 'GUARANTOR_IS_LENDER' } });
  // An id is one of its kind: the application may have the same.
  const id = newId();
  expect((await put({ ...other, guarantors: [named('person', { guarantorId: id })] }, id)).status).toBe(201);
});
