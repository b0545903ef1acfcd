import { createHash } from 'node:crypto';
import { newId } from '@millrace/contracts';
import { PARTNER, RISK_OFFICER, until, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { contracting, startHub, statusOf } from '../../test/hub.js';
import { isSignatureOf } from '../esign/verify-signature.js';

// Method: the real service on real PostgreSQL; the e-signature service is an HTTP server with real Ed25519 keys that keeps its calls.
const DAY_MS = 86_400_000;
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
  esign.saidSignedAt = undefined;
});

const sign = (applicationId: string, contractSha256: string, signatureId = newId()): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/signatures/${signatureId}`, PARTNER, { contractSha256 });
const signed = (applicationId: string): Promise<boolean> => until(async () => (await statusOf(hub, applicationId)) === 'REQUESTED', 'the signature');
const statusOfSignature = (signatureId: string, status: string): Promise<unknown> =>
  until(async () => (await hub.pool.query('select 1 from signature where signature_id = $1 and status = $2', [signatureId, status])).rowCount, status);

test('G-EC-02, G-EC-03, R-LG-10: both parties sign the hash of the text; the evidence proves it without us', async () => {
  const { applicationId, contractSha256 } = await contracting(hub);
  const signatureId = newId();
  expect((await sign(applicationId, contractSha256, signatureId)).status).toBe(202);
  await signed(applicationId);
  const { uscc } = (await hub.call('GET', `/loan-applications/${applicationId}`)).body.company;
  expect(esign.about(contractSha256).map(({ body }) => body)).toEqual([
    { documentSha256: contractSha256, signerUscc: uscc, signerRole: 'borrower' },
    { documentSha256: contractSha256, signerUscc: '91990100MA0LENDER2', signerRole: 'lender' },
  ]);
  const { body: contract } = await hub.call('GET', `/loan-applications/${applicationId}/contract`);
  expect(createHash('sha256').update(contract.text).digest('hex')).toBe(contractSha256);
  expect(contract.translation).toEqual({ language: 'en', binding: false, originalSha256: contractSha256, text: expect.stringContaining(contractSha256) });
  expect(contract.signatures).toMatchObject([
    { signatureId, signerRole: 'borrower', signerUscc: uscc, certificateSerial: 'CA-borrower', signedAt: '2026-03-02T01:04:00.000Z' },
    { signerRole: 'lender', certificateSerial: 'CA-lender', signedAt: '2026-03-02T01:05:00.000Z' },
  ]);
  for (const { signatureBase64, certificatePublicKeyPem } of contract.signatures)
    expect(isSignatureOf(contractSha256, signatureBase64, certificatePublicKeyPem)).toBe(true);
  expect((await hub.event(applicationId, 'contract-signed')).payload).toMatchObject({
    contractSha256,
    signatureId,
    certificateSerial: 'CA-borrower',
    signedAt: '2026-03-02T01:05:00.000Z',
  });
});

test.each(['2019-01-01T00:00:00Z', '2027-06-01T00:00:00Z', '2026-02-30T00:00:00Z'])(
  'F16: a signature of %s signs nothing; another one may',
  async (signedAt) => {
    const { applicationId, contractSha256 } = await contracting(hub);
    const signatureId = newId();
    esign.saidSignedAt = signedAt;
    await sign(applicationId, contractSha256, signatureId);
    await statusOfSignature(signatureId, 'invalid');
    expect(await statusOf(hub, applicationId)).toBe('CONTRACTING');
    esign.saidSignedAt = undefined;
    await sign(applicationId, contractSha256);
    await signed(applicationId);
  },
);

test('M-EV-02: an unknown outcome of the signature is asked again under the same id, and signs once', async () => {
  const { applicationId, contractSha256 } = await contracting(hub);
  esign.mode = 'sign_and_hang';
  const signatureId = newId();
  expect((await sign(applicationId, contractSha256, signatureId)).status).toBe(202);
  expect((await sign(applicationId, contractSha256, signatureId)).status).toBe(202);
  await signed(applicationId);
  const calls = esign.about(contractSha256);
  expect(calls.map(({ body }) => body.signerRole)).toEqual(['borrower', 'borrower', 'lender']);
  expect(new Set(calls.slice(0, 2).map(({ path }) => path))).toEqual(new Set([`/v1/esign/signatures/${signatureId}`]));
  expect((await hub.eventTypes(applicationId)).filter((type) => type === 'disbursement-requested')).toHaveLength(1);
}, 30_000);

test.each([
  ['decline', 'declined', 'SIGNATURE_DECLINED'],
  ['forge', 'invalid', 'SIGNATURE_INVALID'],
] as const)('a signatory who does %s leaves the contract open for another signature, and a note', async (mode, status, reason) => {
  const { applicationId, contractSha256 } = await contracting(hub);
  esign.mode = mode;
  const signatureId = newId();
  await sign(applicationId, contractSha256, signatureId);
  await statusOfSignature(signatureId, status);
  expect(await statusOf(hub, applicationId)).toBe('CONTRACTING');
  // The lender does not sign what the borrower has not.
  expect(esign.about(contractSha256).map(({ body }) => body.signerRole)).toEqual(['borrower']);
  const { body: history } = await hub.call('GET', `/loan-applications/${applicationId}/history`, RISK_OFFICER);
  expect(history.items.at(-1)).toMatchObject({ effect: 'noted', reason, evidence: { signatureId, signerRole: 'borrower' } });
  expect((await hub.call('GET', `/loan-applications/${applicationId}/contract`)).body.signatures).toEqual([]);
  esign.mode = 'sign';
  await sign(applicationId, contractSha256);
  await signed(applicationId);
});

test('M-AP-10: a contract that is not signed within 7 days expires; after that it cannot be signed', async () => {
  const { applicationId, contractSha256 } = await contracting(hub);
  esign.mode = 'decline';
  const signatureId = newId();
  await sign(applicationId, contractSha256, signatureId);
  await statusOfSignature(signatureId, 'declined');
  hub.clock.advance(7 * DAY_MS);
  await until(async () => (await statusOf(hub, applicationId)) === 'EXPIRED', 'the end of the contract');
  expect((await hub.event(applicationId, 'expired')).payload).toMatchObject({ stage: 'contract' });
  expect(await sign(applicationId, contractSha256)).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
});
