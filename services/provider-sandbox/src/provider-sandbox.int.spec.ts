import { createHash, randomUUID, verify } from 'node:crypto';
import { Readable } from 'node:stream';
import { readInvoicesV1 } from '@millrace/invoices';
import { RunningSandbox } from '../test/running-sandbox.js';
import { STATEMENT, VECTOR_A } from '../test/vector-a.js';

// Method: the real sandbox over HTTP on real PostgreSQL; one firm is the firm of vector (a) as S01 needs it.
const sandbox = new RunningSandbox();
const CONSENT = randomUUID();
const USCC = VECTOR_A.uscc;

beforeAll(async () => {
  await sandbox.start();
  await sandbox.makeFirm('s01', VECTOR_A);
}, 60_000);
afterAll(() => sandbox.stop());

test('R-ID-03: the registry and the courts show a firm as it was made', async () => {
  const { status, body } = await sandbox.call('GET', `/v1/registry/companies/${USCC}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    uscc: USCC,
    name: '样例商贸有限公司',
    status: 'active',
    establishedOn: '2022-09-02',
    legalRepresentativeSince: '2022-09-02',
    legalRepresentative: { name: '测试甲', idNumber: '990101199001010019' },
  });
  expect(body.legalRepresentative).not.toHaveProperty('mobile');
  expect(body.owners.reduce((sum: number, owner: { sharePercent: number }) => sum + owner.sharePercent, 0)).toBe(100);
  expect((await sandbox.call('GET', `/v1/courts/enforcements/${USCC}`)).body).toEqual({
    uscc: USCC,
    dishonestDebtor: false,
    legalRepresentativeDishonest: false,
    ownerEnforcementCases: 0,
    enforcementCases: 0,
    enforcementAmountMinor: '0',
  });
});

test('identity matches what is right, and knows nobody else', async () => {
  const right = { name: '测试甲', idNumber: '990101199001010019', mobile: '13900000001', uscc: USCC };
  const matched = (await sandbox.put('/v1/identity/verifications', right)).body;
  expect(matched).toMatchObject({ nameMatched: true, idMatched: true, phoneMatched: true, deviceTampered: false });
  expect(matched.faceScore).toBeGreaterThanOrEqual(0.9);
  expect((await sandbox.put('/v1/identity/verifications', { ...right, name: '测试乙', mobile: '13900000002' })).body).toMatchObject({
    nameMatched: false,
    idMatched: true,
    phoneMatched: false,
  });
  const unknown = (await sandbox.put('/v1/identity/verifications', { ...right, idNumber: '990101199001010027' })).body;
  expect(unknown).toMatchObject({ nameMatched: false, idMatched: false, phoneMatched: false, faceScore: 0, livenessScore: 0 });
});

test('tax, and both bureaus, answer vector (a); a firm without a record has nulls', async () => {
  const tax = await sandbox.put('/v1/tax/queries', { uscc: USCC, consentId: CONSENT });
  expect(tax.body).toMatchObject({ taxClass: 'B', taxPaid12mMinor: '18000000', arrearsMinor: '0', statement: STATEMENT });
  const enterprise = await sandbox.put('/v1/bureau/enterprise-queries', { uscc: USCC, consentId: CONSENT });
  expect(enterprise.body).toMatchObject({
    found: true,
    totalDebtMinor: '20000000',
    unsecuredDebtMinor: '0',
    lenderCount: 1,
    maxOverdueDays: 0,
    overdueNow: false,
  });
  const person = { name: '测试甲', idNumber: '990101199001010019', consentId: CONSENT, purpose: 'post_loan' };
  expect((await sandbox.put('/v1/bureau/personal-queries', person)).body).toMatchObject({ found: true, overdueNow: false, maxOverdueDays: 0 });

  const thin = await sandbox.makeFirm('s07', { bureauFound: false, establishedOn: '2024-09-01', revenue12mMinor: '260000000', statement: null });
  const nothing = await sandbox.put('/v1/bureau/enterprise-queries', { uscc: thin.uscc, consentId: CONSENT });
  expect(nothing.body).toMatchObject({
    found: false,
    totalDebtMinor: null,
    unsecuredDebtMinor: null,
    lenderCount: null,
    maxOverdueDays: null,
    overdueNow: null,
  });
  expect((await sandbox.put('/v1/tax/queries', { uscc: thin.uscc, consentId: CONSENT })).body.statement).toBeNull();
  expect((await sandbox.put('/v1/bureau/personal-queries', { ...person, name: '测试乙' })).body).toMatchObject({ found: false, overdueNow: null });
});

test('an invoice batch is what was ordered, sums to the revenue, and never changes', async () => {
  const order = (await sandbox.put('/v1/invoices/orders', { uscc: USCC, consentId: CONSENT })).body;
  expect(order).toMatchObject({ referenceMonth: '2026-02', lastMonth: '2026-02' });
  const { headers, bytes } = await sandbox.download(order.batchId);
  expect(headers.get('content-type')).toBe('application/gzip');
  expect(headers.get('content-encoding')).toBeNull();
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(order.sha256);
  let [count, revenue] = [0, 0];
  for await (const rows of readInvoicesV1(Readable.from([bytes]), { expectedSha256: order.sha256 })) {
    count += rows.length;
    for (const row of rows) if (row.direction === 'sale' && row.status === 'valid' && row.issuedOn >= '2025-03') revenue += row.amountMinor;
  }
  expect([count, revenue]).toEqual([order.invoiceCount, 480_000_000]);

  await sandbox.makeFirm('grows', { seed: 3 });
  const before = (await sandbox.put('/v1/invoices/orders', { uscc: (await sandbox.call('GET', '/sandbox/firms/grows')).body.uscc, consentId: CONSENT })).body;
  const changed = await sandbox.call('PUT', '/sandbox/firms/grows', { revenue12mMinor: '999999999' });
  const after = (await sandbox.put('/v1/invoices/orders', { uscc: changed.body.uscc, consentId: CONSENT })).body;
  expect(after.batchId).not.toBe(before.batchId);
  expect((await sandbox.download(before.batchId)).status).toBe(200);
});

test('both parties sign, and anyone can check it with the certificate; a firm may decline', async () => {
  const documentSha256 = createHash('sha256').update('contract').digest('hex');
  const { body } = await sandbox.put('/v1/esign/signatures', { documentSha256, signerUscc: USCC, signerRole: 'borrower' });
  const lender = await sandbox.put('/v1/esign/signatures', { documentSha256, signerUscc: '91990100MA0TE00023', signerRole: 'lender' });
  expect(body).toMatchObject({ status: 'signed', documentSha256, signedAt: '2026-03-02T01:00:00.000Z' });
  expect(lender.body.certificateSerial).not.toBe(body.certificateSerial);
  const certificate = (await sandbox.call('GET', `/v1/esign/certificates/${body.certificateSerial}`)).body;
  expect(certificate).toMatchObject({ serial: body.certificateSerial, algorithm: 'Ed25519', issuedAt: '2026-03-02T01:00:00.000Z' });
  const proves = (hash: string): boolean => verify(null, Buffer.from(hash, 'hex'), certificate.publicKeyPem, Buffer.from(body.signature, 'base64'));
  expect([proves(documentSha256), proves('0'.repeat(64))]).toEqual([true, false]);
  const { uscc } = await sandbox.makeFirm('declines', { declinesSignature: true });
  expect((await sandbox.put('/v1/esign/signatures', { documentSha256, signerUscc: uscc, signerRole: 'borrower' })).body).toMatchObject({
    status: 'declined',
    certificateSerial: null,
    signedAt: null,
    signature: null,
  });
});

test('screening finds the own lists and firms made as listed, by identifier and by name', async () => {
  const { uscc, name } = await sandbox.makeFirm('listed', { watchlists: ['special_measures'], name: '列名样例有限公司' });
  const subjects = [
    { kind: 'company', name: 'somebody else', uscc },
    { kind: 'company', name },
    { kind: 'company', name: 'NORTHGATE synthetic trading, co ltd' },
    { kind: 'person', name: 'Testimir Orloff' },
    { kind: 'company', name: '样例商贸有限公司', uscc: USCC },
  ];
  const { body } = await sandbox.put('/v1/watchlists/screenings', { subjects });
  expect(body.hits).toEqual([
    { subjectIndex: 0, list: 'special_measures', matchScore: 1, listedName: name },
    { subjectIndex: 1, list: 'special_measures', matchScore: 1, listedName: name },
    { subjectIndex: 2, list: 'sanctions', matchScore: 1, listedName: 'Northgate Synthetic Trading Co. Ltd.' },
    { subjectIndex: 3, list: 'sanctions', matchScore: 0.95, listedName: 'ORLOFF, Testimir Sandboxovich' },
  ]);
});

test('a restart keeps firms, answers, batches and certificates', async () => {
  const id = randomUUID();
  const order = await sandbox.call('PUT', `/v1/invoices/orders/${id}`, { uscc: USCC, consentId: CONSENT });
  const signature = (await sandbox.put('/v1/esign/signatures', { documentSha256: 'b'.repeat(64), signerUscc: USCC, signerRole: 'borrower' })).body;
  const queries = (await sandbox.call('GET', '/sandbox/counters')).body.queries;
  await sandbox.restart();
  await sandbox.call('PUT', '/sandbox/firms/s01', { revenue12mMinor: '1' });
  expect((await sandbox.call('PUT', `/v1/invoices/orders/${id}`, { uscc: USCC, consentId: CONSENT })).text).toBe(order.text);
  expect((await sandbox.download(order.body.batchId)).status).toBe(200);
  expect((await sandbox.call('GET', `/v1/esign/certificates/${signature.certificateSerial}`)).status).toBe(200);
  const { calls, queries: after } = (await sandbox.call('GET', '/sandbox/counters')).body;
  expect(after).toEqual(queries);
  expect(calls.invoices).toBe(2);
});

test('a stop right after a download is not held up by its connection', async () => {
  const { batchId } = (await sandbox.put('/v1/invoices/orders', { uscc: USCC, consentId: CONSENT })).body;
  for (let times = 0; times < 5; times += 1) {
    await sandbox.download(batchId);
    const begun = performance.now();
    await sandbox.restart();
    expect(performance.now() - begun).toBeLessThan(5_000);
  }
});
