import { newId, TOPICS } from '@millrace/contracts';
import type { Principal } from '@millrace/service';
import { APPROVER, PARTNER, PAYMENT_OFFICER, RISK_OFFICER, staff, type TestService } from '@millrace/testing';
import { CLEAN, RecordingProviders } from '../../test/recording-providers.js';
import {
  ALL_CONSENTS,
  codesOf,
  nextPerson,
  nextUscc,
  outcomeOf,
  parkedRound,
  requestVerification,
  startKyc,
  type OutcomeEvent,
  type TestRequest,
} from '../../test/verified-firm.js';

// Method: the real service on real PostgreSQL and the real log; providers are an HTTP server with the shapes of docs/provider-contract.md that records what it was asked.
const USCC = '91990100MA0TE00010';
const PERSON = { name: '测试甲', idNumber: '990101199001010019', mobile: '13900000001' };
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

const request = (change: Partial<TestRequest> & { uscc: string }): Promise<string> => requestVerification(kyc, { person: nextPerson(), ...change });
const verified = async (change: Partial<TestRequest> & { uscc: string }): Promise<OutcomeEvent> => outcomeOf(kyc, await request(change));

test('S01: a clean firm passes once, with facts and provenance, and no personal data leaves (R-CR-09, R-LE-01)', async () => {
  const applicationId = await request({ uscc: USCC, person: PERSON, device: { fingerprint: 'device-1', formFillSeconds: 200 } });
  const { type, text, payload } = await outcomeOf(kyc, applicationId);
  expect(type).toBe('passed');
  expect(payload).toMatchObject({
    fraudScore: 0,
    findings: [],
    facts: {
      monthsInBusiness: 42,
      taxClass: 'B',
      invoicedRevenue12mMinor: '4000000',
      bureauClean: true,
      lenderCount: 1,
      invoices: { batchId: 'batch-1', referenceMonth: '2026-02', asOf: '2026-03-02' },
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

  expect(providers.asked(USCC)[0]).toBe('identity');
  expect(providers.asked(USCC).toSorted()).toEqual(Object.keys(CLEAN).toSorted());
  const puts = providers.about(USCC).filter(({ method }) => method === 'PUT');
  expect(new Set(puts.map(({ path }) => path.split('/').at(-1))).size).toBe(6);
  const screening = puts.find(({ party }) => party === 'watchlists')!.body['subjects'];
  expect(screening).toEqual([
    { kind: 'company', name: '样例商贸有限公司', uscc: USCC },
    { kind: 'person', name: PERSON.name, idNumber: PERSON.idNumber },
  ]);
  expect(puts.find(({ party }) => party === 'enterprise-queries')!.body).toEqual({ uscc: USCC, consentId: given('C1'), purpose: 'loan_approval' });
  await new Promise((done) => setTimeout(done, 200));
  expect(await kyc.eventTypes(applicationId)).toEqual(['passed']);

  const dump = (table: string) => `(select string_agg(t::text, '') from ${table} t)`;
  const stored = await kyc.pool.query(`select ${['source_reply', 'applicant_record', 'verification'].map(dump).join(' || ')} as everything`);
  for (const personal of [PERSON.name, PERSON.idNumber, PERSON.mobile, 'device-1']) expect(stored.rows[0].everything).not.toContain(personal);
});

test('staff see the verification with the person masked; partners and other tenants do not', async () => {
  const person = nextPerson();
  const uscc = nextUscc();
  providers.set(uscc, { tax: { ...CLEAN.tax, declaredAnnualRevenueMinor: '5000000' } });
  const applicationId = await request({ uscc, person, declaredRevenueMinor: '5000000' });
  await outcomeOf(kyc, applicationId);
  const { status, body } = await kyc.call('GET', `/verifications/${applicationId}`, RISK_OFFICER);
  expect(status).toBe(200);
  expect(body).toMatchObject({ outcome: 'refer', status: 'completed', applicant: { name: '测**', idNumber: `9901**********${person.idNumber.slice(-4)}` } });
  expect(body.findings).toEqual([
    { code: 'REVENUE_GAP', severity: 'amber', observed: '25% gap', sentence: 'Declared and invoiced revenue differ by more than 20%.' },
  ]);
  expect(body.provenance).toHaveLength(8);
  expect((await kyc.call('GET', `/verifications/${applicationId}`)).status).toBe(403);
  expect((await kyc.call('GET', `/verifications/${applicationId}`, { ...RISK_OFFICER, tenantId: 'other' })).status).toBe(404);
});

test('S05: a face that does not match stops it; nothing but the public register was asked besides', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { identity: { ...CLEAN.identity, faceScore: 0.71, livenessScore: 0.62 } });
  const outcome = await verified({ uscc });
  expect(outcome.type).toBe('rejected');
  expect(outcome.payload.facts).toBeNull();
  expect(outcome.payload).toMatchObject({ fraudScore: 0, blockedUntil: null });
  expect(codesOf(outcome)).toEqual(['BUREAU_NOT_QUERIED', 'FACE_MISMATCH', 'LIVENESS_FAILED']);
  expect(providers.asked(uscc)).toEqual(['identity', 'registry']);
});

test.each([
  ['the name', { nameMatched: false }],
  ['the id number', { idMatched: false }],
])('R-CR-04: %s that does not belong to the person stops it before any other source', async (_, factor) => {
  const uscc = nextUscc();
  providers.set(uscc, { identity: { ...CLEAN.identity, ...factor } });
  const outcome = await verified({ uscc });
  expect([outcome.type, ...codesOf(outcome)]).toEqual(['rejected', 'BUREAU_NOT_QUERIED', 'IDENTITY_MISMATCH']);
  expect(outcome.payload).toMatchObject({ fraudScore: 0, blockedUntil: null, facts: null });
  expect(providers.asked(uscc)).toEqual(['identity', 'registry']);
});

test('T03: a wrong identity is declined three times, the fourth goes to a person with what the other sources say; right data pass at any time', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { identity: { ...CLEAN.identity, nameMatched: false } });
  for (let time = 1; time <= 3; time++) expect((await verified({ uscc })).type).toBe('rejected');
  const fourth = await verified({ uscc });
  expect([fourth.type, ...codesOf(fourth)]).toEqual(['referred', 'BUREAU_NOT_QUERIED', 'IDENTITY_MISMATCH']);
  expect(fourth.payload.facts).toMatchObject({ taxClass: 'B', bureauRecordFound: false });
  const other = nextUscc();
  providers.set(other, { identity: { ...CLEAN.identity, nameMatched: false } });
  for (let time = 1; time <= 6; time++) await verified({ uscc: other });
  providers.set(other, {});
  // Tries in the firm's name are not its own applications: it is no burst of theirs (SEC-12).
  const corrected = await verified({ uscc: other });
  expect(corrected.type).toBe('passed');
});

test('T04: a firm that no register knows is told so beside the identity that does not match', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { identity: { ...CLEAN.identity, idMatched: false }, registry: null });
  const outcome = await verified({ uscc });
  expect([outcome.type, ...codesOf(outcome)]).toEqual(['rejected', 'BUREAU_NOT_QUERIED', 'IDENTITY_MISMATCH', 'REGISTRY_NOT_FOUND']);
});

test('R-LG-02, T48: what points at suspicion is in no ordinary event; who may know reads it here, and compliance alone the list', async () => {
  const uscc = nextUscc();
  const hit = { subjectIndex: 0, list: 'sanctions', matchScore: 0.9, listedName: 'SOMEBODY ELSE LTD' };
  providers.set(uscc, { watchlists: { hits: [hit] } });
  const applicationId = await request({ uscc, device: { fingerprint: 'device-t48', formFillSeconds: 30 } });
  const outcome = await outcomeOf(kyc, applicationId);
  expect([outcome.type, ...codesOf(outcome)]).toEqual(['referred', 'MANUAL_CHECK']);
  expect(outcome.payload.fraudScore).toBe(300);
  expect(outcome.text).not.toMatch(/WATCHLIST|FORM_FILLED|SOMEBODY|observed/);
  const { rows: written } = await kyc.pool.query('select topic, payload from outbox where aggregateid = $1 order by seq', [applicationId]);
  expect(written.map(({ topic }) => topic)).toEqual([TOPICS.kycAntifraud, TOPICS.kycAntifraudRestricted]);
  // On the restricted topic as well no list and no name: those are read here, where each look is kept.
  expect(written[1].payload).toMatch(/WATCHLIST_POSSIBLE/);
  expect(written[1].payload).not.toMatch(/SOMEBODY|sanctions/);
  const codes = async (by: Principal) => {
    const { status, body } = await kyc.call('GET', `/verifications/${applicationId}`, by);
    return status === 200 ? body.findings.map(({ code }: { code: string }) => code).sort() : status;
  };
  expect(await codes(RISK_OFFICER)).toEqual(['FORM_FILLED_FAST', 'MANUAL_CHECK']);
  expect(await codes(COMPLIANCE)).toEqual(['FORM_FILLED_FAST', 'WATCHLIST_POSSIBLE']);
  for (const by of [PARTNER, APPROVER, PAYMENT_OFFICER, staff('mei', 'account_manager'), staff('nobody')]) expect(await codes(by)).toBe(403);

  const screening = (by: Principal) => kyc.call('GET', `/screenings/${applicationId}`, by);
  const { status, body } = await screening(COMPLIANCE);
  expect([status, body.hits]).toEqual([
    200,
    [{ list: 'sanctions', listedName: 'SOMEBODY ELSE LTD', matchScore: 0.9, subject: { kind: 'company', name: CLEAN.registry.name } }],
  ]);
  for (const by of [PARTNER, RISK_OFFICER, APPROVER, staff('audrey', 'auditor'), staff('nobody')]) expect((await screening(by)).status).toBe(403);
  expect((await screening({ ...COMPLIANCE, tenantId: 'other' })).status).toBe(404);
  const { rows } = await kyc.pool.query('select staff_id, what from restricted_read where application_id = $1', [applicationId]);
  expect(rows).toEqual([{ staff_id: 'cora', what: 'screening' }]);
  await expect(kyc.pool.query('delete from restricted_read')).rejects.toThrow('permission denied');
});

test.each([
  ['a face that matches in part (M-FR-06)', { faceScore: 0.8 }, 'FACE_UNCERTAIN'],
  ['the mobile number of another person (M-FR-05)', { phoneMatched: false }, 'PHONE_MISMATCH'],
])('M-AP-04: %s goes to a person; every source but the bureaus is asked', async (_, factor, code) => {
  const uscc = nextUscc();
  providers.set(uscc, { identity: { ...CLEAN.identity, ...factor } });
  const outcome = await verified({ uscc });
  expect(outcome.type).toBe('referred');
  expect(codesOf(outcome)).toEqual(['BUREAU_NOT_QUERIED', code]);
  expect(outcome.payload.facts).toMatchObject({ bureauRecordFound: false, bureauClean: null, lenderCount: null, taxClass: 'B' });
  expect(providers.asked(uscc).filter((party) => party.endsWith('-queries'))).toEqual([]);
});

test.each([['C1'], ['C2'], ['C3'], ['C4'], ['C5']])('G-PI-01, R-LG-03: without consent %s nobody is asked anything', async (type) => {
  const uscc = nextUscc();
  const outcome = await verified({ uscc, consents: ALL_CONSENTS.filter((consent) => consent.type !== type) });
  expect(outcome.type).toBe('rejected');
  expect(outcome.payload).toMatchObject({ facts: null, findings: [{ code: 'CONSENT_MISSING', severity: 'red', observed: type }] });
  expect(providers.asked(uscc)).toEqual([]);
});

test('S06: a source that is down parks the verification; it resumes under the same query id and asks only for the rest', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { tax: 503 });
  const applicationId = await request({ uscc });
  await parkedRound(kyc, applicationId);
  expect(await kyc.events(applicationId)).toEqual([]);
  providers.set(uscc, {});
  kyc.clock.advance(5_000);
  expect((await outcomeOf(kyc, applicationId)).type).toBe('passed');
  const tax = providers.about(uscc).filter(({ party }) => party === 'tax');
  expect(tax.length).toBeGreaterThanOrEqual(2);
  expect(new Set(tax.map(({ path }) => path)).size).toBe(1);
  expect(providers.about(uscc)).toHaveLength(tax.length + 7);
});

test('while the identity provider is down nobody else is asked; the retry uses the same query id', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { identity: 503 });
  const applicationId = await request({ uscc });
  await parkedRound(kyc, applicationId);
  const before = providers.about(uscc);
  expect(new Set(providers.asked(uscc))).toEqual(new Set(['identity']));
  providers.set(uscc, {});
  kyc.clock.advance(5_000);
  expect((await outcomeOf(kyc, applicationId)).type).toBe('passed');
  const asked = providers.about(uscc).filter(({ party }) => party === 'identity');
  expect(asked.length).toBeGreaterThan(before.length);
  expect(new Set(asked.map(({ path }) => path)).size).toBe(1);
});

test('the lists wait for the registry, which says whom to screen', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { registry: 503 });
  const applicationId = await request({ uscc });
  await parkedRound(kyc, applicationId);
  expect(providers.asked(uscc)).not.toContain('watchlists');
  providers.set(uscc, {});
  kyc.clock.advance(5_000);
  expect((await outcomeOf(kyc, applicationId)).type).toBe('passed');
  expect(providers.asked(uscc).filter((party) => party === 'watchlists')).toHaveLength(1);
});

test('a verification whose job was lost with its process is taken up again', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { identity: 503 });
  const applicationId = await request({ uscc });
  await parkedRound(kyc, applicationId);
  providers.set(uscc, {});
  // As if the process had died in the middle of a round: the job is gone, the row waits for its watchdog.
  await kyc.pool.query('update verification set next_attempt_at = $2 where application_id = $1', [
    applicationId,
    new Date(kyc.clock.now().getTime() + 120_000),
  ]);
  kyc.clock.advance(120_000);
  expect((await outcomeOf(kyc, applicationId)).type).toBe('passed');
});

test('S06: a source that stays away goes to a person before the hub gives up, never scored as good', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { 'enterprise-queries': 503 });
  const applicationId = await request({ uscc });
  await parkedRound(kyc, applicationId);
  kyc.clock.advance(23 * 3_600_000);
  const { type, payload } = await outcomeOf(kyc, applicationId);
  expect(type).toBe('referred');
  expect(payload.findings).toEqual([{ code: 'SOURCE_UNAVAILABLE', severity: 'amber', observed: '1 sources' }]);
  expect(payload.facts).toMatchObject({ bureauRecordFound: false, bureauClean: null, totalDebtMinor: null, ownerBureauClean: true });
});

test('a wrong USCC check character is a finding for a person, not a refusal', async () => {
  const outcome = await verified({ uscc: `${nextUscc().slice(0, 17)}Z` });
  expect([outcome.type, ...codesOf(outcome)]).toEqual(['referred', 'USCC_CHECK_DIGIT']);
});

test('the same person content is the same record; other content is another; wrong shapes are refused and not remembered', async () => {
  const applicationId = newId();
  const body = { legalRepresentative: nextPerson(), device: { fingerprint: 'd', formFillSeconds: 61 } };
  const first = await kyc.call('PUT', `/applicants/${applicationId}`, PARTNER, body);
  const again = await kyc.call('PUT', `/applicants/${applicationId}`, PARTNER, body);
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body).toEqual(first.body);
  const other = await kyc.call('PUT', `/applicants/${applicationId}`, PARTNER, { ...body, device: { fingerprint: 'e', formFillSeconds: 61 } });
  expect(other.status).toBe(201);
  expect(other.body['applicantRecordId']).not.toBe(first.body['applicantRecordId']);
  for (const wrong of [
    { ...PERSON, idNumber: '99010119900101001' },
    { ...PERSON, mobile: '123' },
    { ...PERSON, name: 1 },
    { ...PERSON, extra: true },
  ]) {
    const refused = await kyc.call('PUT', `/applicants/${newId()}`, PARTNER, { legalRepresentative: wrong });
    expect(refused).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  }
  expect((await kyc.call('PUT', '/applicants/not-an-id', PARTNER, body)).status).toBe(400);
});
