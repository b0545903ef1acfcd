import { createHash, randomUUID, verify } from 'node:crypto';
import { Readable } from 'node:stream';
import { readInvoices } from '@millrace/invoices';
import { RunningSandbox, type SandboxAnswer } from '../test/running-sandbox.js';

// Method: the real sandbox over HTTP on real PostgreSQL; one firm is the vector (a) firm of domain §3.4 as S01 needs it.
const sandbox = new RunningSandbox();
const CONSENT = randomUUID();
const USCC = '91990100MA0TE00010';
const STATEMENT = {
  cfads12mMinor: '42000000',
  ownFundsMinor: '80000000',
  profitMarginBps: 800,
  growthBps: 1000,
  inventoryDays: 45,
  receivableDays: 60,
  payableDays: 40,
  prepaidDays: 10,
  advanceDays: 5,
  workingCapitalLoansMinor: '90000000',
  otherChannelsMinor: '0',
  revenuePriorYearMinor: '1200000000',
};
const VECTOR_A = {
  uscc: USCC,
  name: '样例商贸有限公司',
  legalRepresentative: { name: '测试甲', idNumber: '990101199001010019', mobile: '13900000001' },
  establishedOn: '2022-09-02',
  industryCode: 'F51',
  revenue12mMinor: '480000000',
  taxClass: 'B',
  taxPaid12mMinor: '18000000',
  totalDebtMinor: '20000000',
  unsecuredDebtMinor: '0',
  lenderCount: 1,
  bureauFound: true,
  statement: STATEMENT,
};
let firm: SandboxAnswer['body'];

beforeAll(async () => {
  await sandbox.start();
  firm = await sandbox.makeFirm('s01', VECTOR_A);
}, 60_000);
afterAll(() => sandbox.stop());

test('the registry and the courts show a firm as it was made', async () => {
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
  for await (const rows of readInvoices(Readable.from([bytes]), { expectedSha256: order.sha256 })) {
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

const PATHS: readonly (readonly [path: string, body: () => Record<string, unknown>])[] = [
  ['/v1/identity/verifications', () => ({ name: '测试甲', idNumber: '990101199001010019', mobile: '13900000001' })],
  ['/v1/bureau/enterprise-queries', () => ({ uscc: USCC, consentId: CONSENT })],
  ['/v1/bureau/personal-queries', () => ({ name: '测试甲', idNumber: '990101199001010019', consentId: CONSENT })],
  ['/v1/tax/queries', () => ({ uscc: USCC, consentId: CONSENT })],
  ['/v1/invoices/orders', () => ({ uscc: USCC, consentId: CONSENT })],
  ['/v1/watchlists/screenings', () => ({ subjects: [{ kind: 'company', name: 'x' }] })],
  ['/v1/esign/signatures', () => ({ documentSha256: 'a'.repeat(64), signerUscc: USCC, signerRole: 'borrower' })],
  ['/v1/bank/payouts', () => ({ amountMinor: '100', currency: 'CNY', payeeName: 'x', payeeAccount: '9900000000', purpose: 'x' })],
];

test.each(PATHS)('PUT %s: same id and body, same bytes; other body, 409; bad input, 400', async (path, body) => {
  const id = randomUUID();
  const first = await sandbox.call('PUT', `${path}/${id}`, body());
  const again = await sandbox.call('PUT', `${path}/${id.toUpperCase()}`, Object.fromEntries(Object.entries(body()).reverse()));
  expect([first.status, again.status, again.text]).toEqual([200, 200, first.text]);
  expect(first.headers.get('content-type')).toMatch(/^application\/json/);
  const key = Object.keys(body())[0]!;
  const other = {
    ...body(),
    ...(key === 'subjects'
      ? { subjects: [{ kind: 'person', name: 'y' }] }
      : path.includes('bank')
        ? { purpose: 'y' }
        : path.includes('esign')
          ? { signerRole: 'lender' }
          : path.includes('identity')
            ? { mobile: '1' }
            : { consentId: randomUUID() }),
  };
  expect((await sandbox.call('PUT', `${path}/${id}`, other)).body).toMatchObject({ status: 409, code: 'ID_REUSED' });
  expect((await sandbox.call('PUT', `${path}/${id}`, body())).text).toBe(first.text);

  const codeOf = async (target: string, sent: unknown): Promise<unknown> => {
    const { status, headers, body: problem } = await sandbox.call('PUT', target, sent);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    return [status, problem.code];
  };
  expect(await codeOf(`${path}/not-a-uuid`, body())).toEqual([400, 'VALIDATION_FAILED']);
  expect(await codeOf(`${path}/${randomUUID()}`, { ...body(), surprise: 1 })).toEqual([400, 'VALIDATION_FAILED']);
  expect(await codeOf(`${path}/${randomUUID()}`, { ...body(), [key]: 7 })).toEqual([400, 'VALIDATION_FAILED']);
  expect(await codeOf(`${path}/${randomUUID()}`, { ...body(), [key]: null })).toEqual([400, 'VALIDATION_FAILED']);
  expect(await codeOf(`${path}/${randomUUID()}`, [])).toEqual([400, 'VALIDATION_FAILED']);
  expect(await codeOf(`${path}/${randomUUID()}`, '{"broken')).toEqual([400, 'MALFORMED_JSON']);
});

test('an unknown firm is 404, a missing consent 403, and neither is remembered or counted', async () => {
  const before = (await sandbox.call('GET', '/sandbox/counters')).body.queries;
  const id = randomUUID();
  for (const path of ['/v1/bureau/enterprise-queries', '/v1/tax/queries', '/v1/invoices/orders']) {
    expect((await sandbox.call('PUT', `${path}/${id}`, { uscc: USCC })).body.code).toBe('CONSENT_REQUIRED');
    expect((await sandbox.call('PUT', `${path}/${id}`, { uscc: USCC, consentId: null })).status).toBe(403);
  }
  const unknown = { uscc: '91990100MA0TE99998', consentId: CONSENT };
  expect((await sandbox.put('/v1/tax/queries', unknown)).body.code).toBe('NOT_FOUND');
  expect((await sandbox.put('/v1/invoices/orders', unknown)).status).toBe(404);
  for (const path of [
    '/v1/registry/companies/x',
    '/v1/courts/enforcements/x',
    '/v1/invoices/batches/x',
    '/v1/esign/certificates/x',
    `/v1/bank/payouts/${id}`,
    '/sandbox/firms/x',
  ])
    expect((await sandbox.call('GET', path)).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  expect((await sandbox.call('GET', '/sandbox/counters')).body.queries).toEqual(before);
  expect((await sandbox.call('PUT', `/v1/tax/queries/${id}`, { uscc: USCC, consentId: CONSENT })).status).toBe(200);
});

test('the same seed makes the same firms, pages list them all once, and another mix of the seed is refused', async () => {
  const made = (await sandbox.call('POST', '/sandbox/firms/generate', { seed: 42, count: 25 })).body.items;
  expect(made).toHaveLength(25);
  expect(made[0]).toMatchObject({ firmId: 'gen-42-1', source: 'generated', dataSet: null });
  expect(Object.keys(made[0]).sort()).toEqual(
    [
      'firmId',
      'source',
      'dataSet',
      'uscc',
      'name',
      'legalRepresentative',
      'bankAccount',
      'declaredRevenueMinor',
      'industryCode',
      'requestedAmountMinor',
      'tenorMonths',
    ].sort(),
  );
  expect((await sandbox.call('POST', '/sandbox/firms/generate', { seed: 42, count: 25 })).body.items).toEqual(made);
  expect((await sandbox.call('POST', '/sandbox/firms/generate', { seed: 42, count: 25, mix: 'fraudulent' })).body.code).toBe('ID_REUSED');
  const listed: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: SandboxAnswer['body'] = (await sandbox.call('GET', `/sandbox/firms?limit=7${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)).body;
    listed.push(...page.items.map((item: { firmId: string }) => item.firmId));
    cursor = page.nextCursor;
  }
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toEqual(expect.arrayContaining(made.map((item: { firmId: string }) => item.firmId)));
  expect((await sandbox.call('GET', '/sandbox/firms?cursor=zzz')).body.code).toBe('VALIDATION_FAILED');
  expect((await sandbox.call('GET', '/sandbox/firms?limit=501')).body.code).toBe('VALIDATION_FAILED');
});

test('a change sets what is given and nothing else; identifiers stay, and a firm that cannot be is refused', async () => {
  expect(firm.profile).toMatchObject({ declaredRevenueMinor: expect.any(String), statement: STATEMENT });
  const again = await sandbox.call('PUT', '/sandbox/firms/s01', VECTOR_A);
  expect([again.status, again.body]).toEqual([200, firm]);
  const changed = await sandbox.call('PUT', '/sandbox/firms/s01', { legalRepresentativeDishonest: true });
  expect(changed.body.profile).toEqual({ ...firm.profile, legalRepresentativeDishonest: true });
  await sandbox.call('PUT', '/sandbox/firms/s01', { legalRepresentativeDishonest: false });
  const code = async (firmId: string, body: unknown): Promise<string> => (await sandbox.call('PUT', `/sandbox/firms/${firmId}`, body)).body.code;
  expect(await code('s01', { uscc: '91990100MA0TE00036' })).toBe('IDENTIFIER_FIXED');
  expect(await code('s01', { mix: 'weak' })).toBe('DRAW_FIXED');
  expect(await code('twin', { uscc: USCC })).toBe('USCC_TAKEN');
  expect(await code('odd', { revenue12mMinor: '100', monthsSinceLastSale: 12 })).toBe('PROFILE_CONTRADICTORY');
  expect(await code('odd', { owners: [{ name: 'x', idNumber: '990101199001010019', sharePercent: 50 }] })).toBe('PROFILE_CONTRADICTORY');
  for (const bad of [
    { color: 'red' },
    { taxClass: 'E' },
    { taxClass: null },
    { statement: { days: 3 } },
    { statement: 5 },
    { legalRepresentative: null },
    { faceScore: 2 },
    { revenue12mMinor: -5 },
  ])
    expect(await code('odd', bad)).toBe('VALIDATION_FAILED');
  expect(await code('%20x', {})).toBe('VALIDATION_FAILED');
  expect((await sandbox.call('GET', '/sandbox/firms/odd')).status).toBe(404);
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
