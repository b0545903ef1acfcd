import { createHash } from 'node:crypto';
import { DisbursementFailed, LoanDisbursed, newId } from '@millrace/contracts';
import { PARTNER, PAYMENT_OFFICER, RISK_OFFICER, until, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { contracting, startHub, statusOf, taskOf } from '../../test/hub.js';
import { isSignatureOf } from '../esign/verify-signature.js';

// Method: the real service on real PostgreSQL; disbursement's words are put on the log, the e-signature service has real keys and keeps its calls.
const esign = new EsignDouble();
const ACCOUNT = '6222********1234';
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

const sign = (applicationId: string, contractSha256: string): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/signatures/${newId()}`, PARTNER, { contractSha256 });
const propose = (applicationId: string, payeeRecordId: string = newId(), id: string = newId()): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/account-changes/${id}`, PARTNER, { payeeRecordId, payeeAccount: ACCOUNT });
const changeOf = async (applicationId: string, id: string): Promise<Answer['body']> =>
  (await hub.call('GET', `/loan-applications/${applicationId}/account-changes/${id}`)).body;
const decide = async (applicationId: string, decision = 'approve', reasonCode = 'ACCOUNT_CORRECTED'): Promise<Answer> => {
  const { reviewTaskId } = await taskOf(hub, applicationId);
  return hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, PAYMENT_OFFICER, { decision, reasonCode });
};
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- payloads of one event
const orders = async (applicationId: string): Promise<any[]> =>
  (await hub.events(applicationId)).filter(({ type }) => type === 'disbursement-requested').map(({ payload }) => payload);

/** Has the payout that was ordered last refused. */
async function refuse(applicationId: string, reasonCode = 'PAYEE_ACCOUNT_NOT_FOUND'): Promise<void> {
  const { loanId, payoutId } = (await orders(applicationId)).at(-1);
  await hub.deliver(new DisbursementFailed({ applicationId, loanId, payoutId, reasonCode }));
  await until(async () => (await statusOf(hub, applicationId)) === 'HELD');
}

/** Brings an application to a refused payout. */
async function refused(): Promise<{ applicationId: string; contractSha256: string }> {
  const { applicationId, contractSha256 } = await contracting(hub);
  await sign(applicationId, contractSha256);
  await until(async () => (await statusOf(hub, applicationId)) === 'REQUESTED');
  await refuse(applicationId);
  return { applicationId, contractSha256 };
}

/** Signs an account change and waits for it. */
async function change(applicationId: string, payeeRecordId: string): Promise<Answer['body']> {
  const { body } = await propose(applicationId, payeeRecordId);
  expect((await sign(applicationId, body.addendumSha256)).status).toBe(202);
  await until(async () => (await changeOf(applicationId, body.accountChangeId)).status === 'signed', 'the signed addendum');
  return changeOf(applicationId, body.accountChangeId);
}

test('T18: nothing is ordered to a refused account again; a signed addendum sends the one payout to another', async () => {
  const { applicationId, contractSha256 } = await refused();
  const [first] = await orders(applicationId);
  expect(await decide(applicationId)).toMatchObject({ status: 409, body: { code: 'ACCOUNT_REFUSED' } });
  expect(await propose(applicationId, first.payeeRecordId)).toMatchObject({ status: 409, body: { code: 'ACCOUNT_NOT_NEW' } });

  const payeeRecordId = newId();
  const { body: proposed } = await propose(applicationId, payeeRecordId);
  expect(proposed).toMatchObject({ payeeRecordId, payeeAccount: ACCOUNT, status: 'open', signatures: [] });
  for (const part of [ACCOUNT, payeeRecordId, contractSha256, first.contractId]) expect(proposed.text).toContain(part);
  expect(createHash('sha256').update(proposed.text).digest('hex')).toBe(proposed.addendumSha256);
  const { text: english, ...translation } = proposed.translation;
  expect(translation).toEqual({ language: 'en', binding: false, originalSha256: proposed.addendumSha256 });
  for (const part of [ACCOUNT, payeeRecordId, contractSha256, proposed.addendumSha256]) expect(english).toContain(part);
  // The name of the firm is the one thing that has no English.
  const { companyName } = (await hub.pool.query('select company_name as "companyName" from application where application_id = $1', [applicationId])).rows[0];
  expect(english.replaceAll(companyName, '')).not.toMatch(/[\u4e00-\u9fff]/);
  // A draft changes nothing, nor does a signature of the contract that is signed already.
  expect(await decide(applicationId)).toMatchObject({ status: 409, body: { code: 'ACCOUNT_REFUSED' } });
  expect(await sign(applicationId, contractSha256)).toMatchObject({ status: 409, body: { code: 'CONTRACT_HASH_MISMATCH' } });

  expect((await sign(applicationId, proposed.addendumSha256)).status).toBe(202);
  await until(async () => (await changeOf(applicationId, proposed.accountChangeId)).status === 'signed', 'the signed addendum');
  const { signatures } = await changeOf(applicationId, proposed.accountChangeId);
  expect(signatures.map(({ signerRole }: { signerRole: string }) => signerRole)).toEqual(['borrower', 'lender']);
  for (const { signatureBase64, certificatePublicKeyPem } of signatures)
    expect(isSignatureOf(proposed.addendumSha256, signatureBase64, certificatePublicKeyPem)).toBe(true);
  const { body: contract } = await hub.call('GET', `/loan-applications/${applicationId}/contract`);
  expect([contract.contractSha256, contract.signatures.length]).toEqual([contractSha256, 2]);
  const told = (await hub.events(applicationId)).filter(({ type }) => type === 'payee-account-changed').map(({ payload }) => payload as unknown);
  expect(told).toEqual([
    {
      applicationId,
      accountChangeId: proposed.accountChangeId,
      addendumSha256: proposed.addendumSha256,
      payeeRecordId,
      signedAt: signatures.at(-1).signedAt,
    },
  ]);
  // The signature alone orders nothing: a person decides.
  expect([await statusOf(hub, applicationId), (await orders(applicationId)).length]).toEqual(['HELD', 1]);

  expect((await decide(applicationId)).status).toBe(200);
  const second = (await orders(applicationId))[1];
  expect(second).toMatchObject({ ...first, payeeRecordId, payoutId: expect.not.stringMatching(first.payoutId) });
  const { loanId, payoutId, amountMinor, currency } = second;
  await hub.deliver(new LoanDisbursed({ applicationId, loanId, payoutId, amountMinor, currency, bankReference: 'B', paidAt: '2026-03-02T02:00:00.000Z' }));
  expect(await statusOf(hub, applicationId)).toBe('ACTIVE');
  const { body: history } = await hub.call('GET', `/loan-applications/${applicationId}/history`, RISK_OFFICER);
  expect(history.firstBrokenRow).toBeNull();
  expect(history.items.map(({ trigger, effect }: { trigger: string; effect: string }) => `${trigger} ${effect}`)).toContain('AccountChanged recorded');
}, 60_000);

test('T18: a second refused account joins the first; neither is taken again, and the officer may always end it', async () => {
  const { applicationId } = await refused();
  const [first] = await orders(applicationId);
  const payeeRecordId = newId();
  await change(applicationId, payeeRecordId);
  await decide(applicationId);
  await refuse(applicationId, 'NAME_MISMATCH');
  expect(await decide(applicationId)).toMatchObject({ status: 409, body: { code: 'ACCOUNT_REFUSED' } });
  for (const old of [first.payeeRecordId, payeeRecordId])
    expect(await propose(applicationId, old)).toMatchObject({ status: 409, body: { code: 'ACCOUNT_NOT_NEW' } });
  expect((await decide(applicationId, 'reject', 'PAYOUT_REFUSED')).status).toBe(200);
  expect(await propose(applicationId)).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
  expect(await orders(applicationId)).toHaveLength(2);
}, 60_000);

test('T18: a newer draft voids the one of before, a repeated one is the same, and a forged signature changes nothing', async () => {
  const { applicationId } = await refused();
  const [id, payeeRecordId] = [newId(), newId()];
  const { body: older } = await propose(applicationId, payeeRecordId, id);
  expect((await propose(applicationId, payeeRecordId, id)).body).toEqual(older);
  expect(await propose(applicationId, newId(), id)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  const { body: newer } = await propose(applicationId);
  expect((await changeOf(applicationId, id)).status).toBe('void');
  expect(await sign(applicationId, older.addendumSha256)).toMatchObject({ status: 409, body: { code: 'CONTRACT_HASH_MISMATCH' } });
  esign.mode = 'forge';
  await sign(applicationId, newer.addendumSha256);
  const invalid = `select 1 from signature where contract_sha256 = $1 and status = 'invalid'`;
  await until(async () => (await hub.pool.query(invalid, [newer.addendumSha256])).rowCount, 'the forged signature');
  expect((await changeOf(applicationId, newer.accountChangeId)).status).toBe('open');
  expect(await decide(applicationId)).toMatchObject({ status: 409, body: { code: 'ACCOUNT_REFUSED' } });
}, 60_000);

test('T18: before a payout is refused there is nothing to change, and only the owner may', async () => {
  const { applicationId } = await contracting(hub);
  expect(await propose(applicationId)).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
  const stranger = { ...PARTNER, id: 'someone-else', partnerId: 'someone-else' };
  const path = `/loan-applications/${applicationId}/account-changes/${newId()}`;
  expect((await hub.call('PUT', path, stranger, { payeeRecordId: newId(), payeeAccount: ACCOUNT })).status).toBe(404);
});
