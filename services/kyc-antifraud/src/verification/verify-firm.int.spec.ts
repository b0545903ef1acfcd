import { newId } from '@millrace/contracts';
import { RecordingProviders } from '../../test/recording-providers.js';
import { ALL_CONSENTS, OFFICER, RunningKyc } from '../../test/running-kyc.js';

// Method: the real service on real PostgreSQL and the real log; providers are an HTTP server that records what it was asked. Every event is delivered twice.
const USCC = '91990100MA0TE00010';
const PERSON = { name: '测试甲', idNumber: '990101199001010019', mobile: '13900000001' };
const kyc = new RunningKyc();
const providers = new RecordingProviders();
let people = 0;

/** A person of its own for each test, so that ring counts of one test do not reach another; the id keeps a valid check digit by search. */
function person(): typeof PERSON {
  people += 1;
  const first17 = `99010119900101${String(people).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return { name: PERSON.name, idNumber: `${first17}${'10X98765432'[sum % 11]}`, mobile: `139${String(people).padStart(8, '0')}` };
}

/** A firm of its own, with a valid check character. */
function firm(): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const body = `91990100MA0TE${String(100 + people).padStart(4, '0')}`;
  const sum = [...body].reduce((total, character, index) => total + alphabet.indexOf(character) * (3 ** index % 31), 0);
  return `${body}${alphabet[(31 - (sum % 31)) % 31]}`;
}

beforeAll(async () => kyc.start(await providers.start()), 120_000);
afterAll(async () => {
  await kyc.stop();
  await providers.stop();
});

test('S01: a clean firm passes once, with facts and provenance, and no personal data leaves (R-CR-09, R-LE-01)', async () => {
  const applicationId = await kyc.request({ uscc: USCC, person: PERSON, device: { fingerprint: 'device-1', formFillSeconds: 200 } });
  const { type, text, payload } = await kyc.outcome(applicationId);
  expect(type).toBe('lending.kyc-antifraud.passed.v1');
  expect(payload).toMatchObject({
    fraudScore: 0,
    findings: [],
    facts: {
      monthsInBusiness: 42,
      taxClass: 'B',
      invoicedRevenue12mMinor: '4000000',
      bureauClean: true,
      lenderCount: 1,
      invoices: { batchId: 'batch-1', referenceMonth: '2020-01' },
    },
  });
  const consentOf = (source: string) => payload.facts!.provenance.find((entry) => entry.source === source)?.consentId;
  const given = (consent: string) => ALL_CONSENTS.find((entry) => entry.type === consent)!.consentId;
  expect([consentOf('identity'), consentOf('tax'), consentOf('enterprise_bureau'), consentOf('personal_bureau'), consentOf('registry')]).toEqual([
    given('C4'),
    given('C5'),
    given('C1'),
    given('C2'),
    undefined,
  ]);
  for (const personal of [PERSON.name, PERSON.idNumber, PERSON.mobile, 'device-1']) expect(text).not.toContain(personal);

  const calls = providers.about(USCC, PERSON.idNumber);
  expect(calls).toHaveLength(8);
  expect(new Set(calls.map((call) => call.idempotencyKey)).size).toBe(8);
  expect(calls[0]!.path).toContain('/identity/');
  await new Promise((done) => setTimeout(done, 200));
  expect(await kyc.outcomes(applicationId)).toHaveLength(1);

  const dump = (table: string) => `(select string_agg(t::text, '') from ${table} t)`;
  const stored = await kyc.pool.query(`select ${['source_reply', 'applicant_record', 'verification'].map(dump).join(' || ')} as everything`);
  for (const personal of [PERSON.name, PERSON.idNumber, PERSON.mobile, 'device-1']) expect(stored.rows[0].everything).not.toContain(personal);
});

test('staff see the verification with the person masked; partners and other tenants do not', async () => {
  const someone = person();
  const applicationId = await kyc.request({ uscc: firm(), person: someone, declaredRevenueMinor: '5000000' });
  await kyc.outcome(applicationId);
  const { status, body } = await kyc.call('GET', `/verifications/${applicationId}`, OFFICER);
  expect(status).toBe(200);
  expect(body).toMatchObject({ outcome: 'refer', status: 'completed', applicant: { name: '测**', idNumber: `9901**********${someone.idNumber.slice(-4)}` } });
  expect(body['findings']).toEqual([
    { code: 'REVENUE_GAP', severity: 'amber', observed: '25% gap', sentence: 'Declared and invoiced revenue differ by more than 20%.' },
  ]);
  expect((body['provenance'] as unknown[]).length).toBe(8);
  expect((await kyc.call('GET', `/verifications/${applicationId}`)).status).toBe(403);
  expect((await kyc.call('GET', `/verifications/${applicationId}`, { ...OFFICER, tenantId: 'other' })).status).toBe(404);
});

test('S05: a face that does not match stops it; no bureau and no other source was asked', async () => {
  const someone = person();
  const uscc = firm();
  providers.set(someone.idNumber, { identity: { matched: true, faceScore: 0.71, livenessScore: 0.62, deviceTampered: false } });
  const { type, payload } = await kyc.outcome(await kyc.request({ uscc, person: someone }));
  expect(type).toBe('lending.kyc-antifraud.rejected.v1');
  expect(payload.facts).toBeNull();
  expect(payload.fraudScore).toBeGreaterThanOrEqual(700);
  expect(payload.findings.map((finding) => finding.code).sort()).toEqual(['BUREAU_NOT_QUERIED', 'FACE_MISMATCH', 'LIVENESS_FAILED']);
  expect(providers.about(uscc, someone.idNumber).map((call) => call.path.split('/')[1])).toEqual(['identity']);
});

test('an uncertain identity goes to a person; every source but the bureaus is asked (domain §4.1)', async () => {
  const someone = person();
  const uscc = firm();
  providers.set(someone.idNumber, { identity: { matched: true, faceScore: 0.8, livenessScore: 0.95, deviceTampered: false } });
  const { type, payload } = await kyc.outcome(await kyc.request({ uscc, person: someone }));
  expect(type).toBe('lending.kyc-antifraud.referred.v1');
  expect(payload.findings.map((finding) => finding.code).sort()).toEqual(['BUREAU_NOT_QUERIED', 'FACE_UNCERTAIN']);
  expect(payload.facts).toMatchObject({ bureauRecordFound: false, bureauClean: null, lenderCount: null, taxClass: 'B' });
  expect(providers.about(uscc, someone.idNumber).some((call) => call.path.startsWith('/bureau'))).toBe(false);
});

test.each([['C1'], ['C2'], ['C3'], ['C4'], ['C5']])('without consent %s nobody is asked anything (R-LG-03)', async (type) => {
  const someone = person();
  const uscc = firm();
  const { type: outcome, payload } = await kyc.outcome(
    await kyc.request({ uscc, person: someone, consents: ALL_CONSENTS.filter((consent) => consent.type !== type) }),
  );
  expect(outcome).toBe('lending.kyc-antifraud.rejected.v1');
  expect(payload).toMatchObject({ facts: null, findings: [{ code: 'CONSENT_MISSING', severity: 'red', observed: type }] });
  expect(providers.about(uscc, someone.idNumber)).toEqual([]);
});

test.each([
  ['S10a', { courts: { dishonestDebtor: true, enforcementCases: 2 } }, 'DISHONEST_DEBTOR'],
  ['S10b', { registry: { status: 'active', abnormalListed: true } }, 'ABNORMAL_LIST'],
  ['S10c', { tax: { taxClass: 'D', taxPaid12mMinor: '0', cfads12mMinor: null, statement: null } }, 'TAX_CLASS_D'],
  ['sanctions, under a neutral code', { watchlists: { outcome: 'hit' } }, 'COMPLIANCE_STOP'],
])('%s: a hard list rejects, and the facts are there for reject inference', async (_, answers, code) => {
  const someone = person();
  const uscc = firm();
  providers.set(uscc, answers);
  const { type, payload } = await kyc.outcome(await kyc.request({ uscc, person: someone }));
  expect(type).toBe('lending.kyc-antifraud.rejected.v1');
  expect(payload.findings[0]).toMatchObject({ code, severity: 'red' });
  expect(payload.facts?.invoices).not.toBeNull();
});

test('S06: a source that is down parks the verification; it resumes under the same query id and asks only for the rest', async () => {
  const someone = person();
  const uscc = firm();
  providers.set(uscc, { tax: 503 });
  const applicationId = await kyc.request({ uscc, person: someone });
  await kyc.until(async () => (await kyc.pool.query('select 1 from verification where application_id = $1 and attempts = 1', [applicationId])).rowCount);
  expect(await kyc.outcomes(applicationId)).toEqual([]);
  providers.set(uscc, {});
  kyc.clock.advance(5_000);
  const { type } = await kyc.outcome(applicationId);
  expect(type).toBe('lending.kyc-antifraud.passed.v1');
  const calls = providers.about(uscc, someone.idNumber);
  const tax = calls.filter((call) => call.path.startsWith('/tax'));
  expect(tax.length).toBeGreaterThanOrEqual(2);
  expect(new Set(tax.map((call) => call.idempotencyKey)).size).toBe(1);
  expect(calls.length - tax.length).toBe(7);
});

test('while the identity provider is down nobody else is asked; the retry uses the same query id', async () => {
  const someone = person();
  const uscc = firm();
  providers.set(someone.idNumber, { identity: 503 });
  const applicationId = await kyc.request({ uscc, person: someone });
  await kyc.until(async () => (await kyc.pool.query('select 1 from verification where application_id = $1 and attempts = 1', [applicationId])).rowCount);
  const before = providers.about(uscc, someone.idNumber);
  expect(new Set(before.map((call) => call.path.split('/')[1]))).toEqual(new Set(['identity']));
  providers.set(someone.idNumber, {});
  kyc.clock.advance(5_000);
  expect((await kyc.outcome(applicationId)).type).toBe('lending.kyc-antifraud.passed.v1');
  const asked = providers.about(uscc, someone.idNumber).filter((call) => call.path.startsWith('/identity'));
  expect(asked.length).toBeGreaterThan(before.length);
  expect(new Set(asked.map((call) => call.idempotencyKey)).size).toBe(1);
});

test('a verification whose job was lost with its process is taken up again', async () => {
  const someone = person();
  providers.set(someone.idNumber, { identity: 503 });
  const applicationId = await kyc.request({ uscc: firm(), person: someone });
  await kyc.until(async () => (await kyc.pool.query('select 1 from verification where application_id = $1 and attempts = 1', [applicationId])).rowCount);
  providers.set(someone.idNumber, {});
  // As if the process had died in the middle of a round: the job is gone, the row waits for its watchdog.
  await kyc.pool.query('update verification set next_attempt_at = $2 where application_id = $1', [
    applicationId,
    new Date(kyc.clock.now().getTime() + 120_000),
  ]);
  kyc.clock.advance(120_000);
  expect((await kyc.outcome(applicationId)).type).toBe('lending.kyc-antifraud.passed.v1');
});

test('S06: a source that stays away goes to a person before the hub gives up, never scored as good', async () => {
  const someone = person();
  const uscc = firm();
  providers.set(uscc, { 'enterprise-queries': 503 });
  const applicationId = await kyc.request({ uscc, person: someone });
  await kyc.until(async () => (await kyc.pool.query('select 1 from verification where application_id = $1 and attempts = 1', [applicationId])).rowCount);
  kyc.clock.advance(23 * 3_600_000);
  const { type, payload } = await kyc.outcome(applicationId);
  expect(type).toBe('lending.kyc-antifraud.referred.v1');
  expect(payload.findings).toEqual([{ code: 'SOURCE_UNAVAILABLE', severity: 'amber', observed: '1 sources' }]);
  expect(payload.facts).toMatchObject({ bureauRecordFound: false, bureauClean: null, totalDebtMinor: null, ownerBureauClean: true });
});

test('an answer with a field missing counts as no answer and goes to a person at once', async () => {
  const uscc = firm();
  providers.set(uscc, { courts: { enforcementCases: 0 } });
  const { type, payload } = await kyc.outcome(await kyc.request({ uscc, person: person() }));
  expect(type).toBe('lending.kyc-antifraud.referred.v1');
  expect(payload.findings.map((finding) => finding.code)).toEqual(['SOURCE_UNAVAILABLE']);
});

test('a wrong USCC check character is a finding for a person, not a refusal', async () => {
  const { type, payload } = await kyc.outcome(await kyc.request({ uscc: `${firm().slice(0, 17)}Z`, person: person() }));
  expect(type).toBe('lending.kyc-antifraud.referred.v1');
  expect(payload.findings.map((finding) => finding.code)).toEqual(['USCC_CHECK_DIGIT']);
});

test('S04: the fifth firm from one device is red, the third and fourth are amber', async () => {
  const codes: string[][] = [];
  for (let count = 0; count < 5; count += 1) {
    const someone = person();
    const { payload } = await kyc.outcome(await kyc.request({ uscc: firm(), person: someone, device: { fingerprint: 'shared', formFillSeconds: 300 } }));
    codes.push(payload.findings.map((finding) => finding.code));
  }
  expect(codes).toEqual([[], [], ['DEVICE_SHARED'], ['DEVICE_SHARED'], ['DEVICE_RING']]);
});

test('the same person content is the same record; other content is another; wrong shapes are refused and not remembered', async () => {
  const applicationId = newId();
  const body = { legalRepresentative: person(), device: { fingerprint: 'd', formFillSeconds: 61 } };
  const first = await kyc.call('PUT', `/applicants/${applicationId}`, undefined, body);
  const again = await kyc.call('PUT', `/applicants/${applicationId}`, undefined, body);
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body).toEqual(first.body);
  const other = await kyc.call('PUT', `/applicants/${applicationId}`, undefined, { ...body, device: { fingerprint: 'e', formFillSeconds: 61 } });
  expect(other.status).toBe(201);
  expect(other.body['applicantRecordId']).not.toBe(first.body['applicantRecordId']);
  for (const wrong of [
    { ...PERSON, idNumber: '99010119900101001' },
    { ...PERSON, mobile: '123' },
    { ...PERSON, name: 1 },
    { ...PERSON, extra: true },
  ]) {
    const refused = await kyc.call('PUT', `/applicants/${newId()}`, undefined, { legalRepresentative: wrong });
    expect(refused).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  }
  expect((await kyc.call('PUT', '/applicants/not-an-id', undefined, body)).status).toBe(400);
});
