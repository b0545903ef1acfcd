import { businessDate, ConsentRevoked, newId, type FirmFacts, type ScoringRequested } from '@millrace/contracts';
import { addDays } from '@millrace/finance';
import { PARTNER, RISK_OFFICER, TestService, until } from '@millrace/testing';
import pg from 'pg';
import { InvoiceProvider, type Behaviour } from '../../test/invoice-provider.js';
import { S01_FACTS, S07_FACTS, scoringRequest } from '../../test/scoring-request.js';
import { scoring } from '../scoring.module.js';

// Method: the real service on real PostgreSQL and the real log, scoring with scenario-v0; the invoice provider is an HTTP server that fails on demand. Every event is delivered three times.
const provider = new InvoiceProvider();
let service: TestService;

beforeAll(async () => {
  service = await TestService.start(scoring, {
    environment: {
      MILLRACE_PROVIDERS_URL: await provider.start(),
      MILLRACE_SCORING_SCORECARD: 'scenario-v0',
      MILLRACE_SCORING_SOURCE_TIMEOUT_MS: '300',
    },
  });
}, 60_000);

afterAll(async () => {
  await service.stop();
  await provider.stop();
});

/** A firm of the facts given, whose batch the provider answers as planned. */
function withBatch(facts: FirmFacts, batchId: string, ...plan: Behaviour[]): FirmFacts {
  return { ...facts, invoices: provider.keep(batchId, 400, ...plan) };
}

async function scoreOf(request: ScoringRequested): Promise<Record<string, unknown>> {
  await service.deliver(request);
  return (await service.event(request.applicationId, 'computed')).payload as Record<string, unknown>;
}

async function listOf(applicationId: string): Promise<{ items: Record<string, never>[]; unscored: Record<string, unknown>[] }> {
  const { status, body } = await service.call('GET', `/scores/${applicationId}`, RISK_OFFICER);
  expect(status).toBe(200);
  return body as { items: Record<string, never>[]; unscored: Record<string, unknown>[] };
}

async function failureOf(request: ScoringRequested): Promise<unknown> {
  await service.deliver(request);
  return until(async () => (await listOf(request.applicationId)).unscored.find(({ status }) => status === 'failed')?.['failureCode'], 'the failure', 25_000);
}

/** What the hub was told of a request, with the reason where there was no score. */
async function told(applicationId: string): Promise<unknown[][]> {
  return (await service.events(applicationId)).map(({ type, payload }) => [type, payload.failureCode]);
}

test('S01, R-CR-01: the event comes three times, one score goes out: 700, R4, 320,000 can be carried, 6.35%', async () => {
  const request = scoringRequest(withBatch(S01_FACTS, 's01'));
  await scoreOf(request);
  await new Promise((done) => setTimeout(done, 200));
  const events = await service.events(request.applicationId);
  expect(events.map(({ payload }) => payload)).toEqual([
    expect.objectContaining({
      purpose: 'decision',
      score: 700,
      grade: 'R4',
      limitMinor: '32000000',
      bindingCap: 'dscr',
      rateBps: 635,
      scorecardId: 'scenario-v0',
      policyVersion: 'online_microloan.v0',
    }),
  ]);
  expect(provider.calls('s01')).toBe(1);
  const { items, unscored } = await listOf(request.applicationId);
  expect(unscored).toEqual([]);
  expect(items).toEqual([
    expect.objectContaining({ score: 700, proposedMinor: '30000000', proposalBoundBy: 'request', inputsSha256: events[0]!.payload.inputsSha256 }),
  ]);
  expect(items[0]!['inputs']).toMatchObject({
    request: { invoiceConsentId: request.invoiceConsentId, requestedAmountMinor: '30000000' },
    facts: { taxPaid12mMinor: '18000000', provenance: S01_FACTS.provenance },
    invoices: { batchId: 's01', sha256: request.facts.invoices!.sha256, rowCount: 400, badRowCount: 0 },
  });
  expect(await service.parked()).toEqual([]);
});

test('S07: a thin file gets 190,000 at 6.85%, and the binding cap is named', async () => {
  const score = await scoreOf(scoringRequest(withBatch(S07_FACTS, 's07')));
  expect(score).toMatchObject({ score: 652, grade: 'R5', limitMinor: '19000000', bindingCap: 'tax', rateBps: 685 });
  expect(score['reasons']).toContainEqual({ code: 'LIMIT_BOUND_BY_TAX', sentence: 'The limit is bound by the taxes paid and the tax class.' });
});

test('every firm gets a score, the declined too: reject inference, R8, limit 0, no invoices', async () => {
  const score = await scoreOf(scoringRequest({ ...S01_FACTS, monthsInBusiness: 2 }, { purpose: 'reject_inference', invoiceConsentId: null }));
  expect(score).toMatchObject({ purpose: 'reject_inference', score: 555, grade: 'R8', limitMinor: '0', bindingCap: 'grade' });
});

test('S09, R-ID-02: a new request after a review is a new score; both are kept, the newest last', async () => {
  const first = scoringRequest({ ...S01_FACTS, monthsInBusiness: 2 });
  await scoreOf(first);
  service.clock.advance(60_000);
  await service.deliver(scoringRequest({ ...S01_FACTS, monthsInBusiness: 8 }, { applicationId: first.applicationId }));
  await until(async () => (await service.events(first.applicationId)).length === 2, 'the second score');
  expect((await listOf(first.applicationId)).items.map(({ score }) => score)).toEqual([555, 644]);
});

test.each<[string, Behaviour[]]>([
  ['an outage', [503, 503, 503]],
  ['silence', ['silence', 'silence', 'silence']],
  ['a connection that breaks in the middle', ['break']],
])('%s: no score while it lasts, one score after it', async (name, outage) => {
  const batchId = name.replaceAll(' ', '-');
  const request = scoringRequest(withBatch(S01_FACTS, batchId, ...outage, 'batch'));
  await service.deliver(request);
  await until(async () => provider.calls(batchId) >= 1);
  expect(await service.events(request.applicationId)).toEqual([]);
  expect((await listOf(request.applicationId)).unscored).toEqual([expect.objectContaining({ status: 'requested', failureCode: null })]);
  expect((await service.event(request.applicationId, 'computed')).payload).toMatchObject({ score: 700 });
  expect(await service.eventTypes(request.applicationId)).toEqual(['computed']);
  expect(provider.calls(batchId)).toBe(outage.length + 1);
});

/** Waits until the first try has failed and the job waits for its next one; returns its key. */
async function failedOnce(request: ScoringRequested): Promise<string> {
  const { scoreId } = (await listOf(request.applicationId)).unscored[0] as { scoreId: string };
  await until(async () => (await service.pool.query('select 1 from jobs where key = $1 and last_error is not null', [scoreId])).rowCount, 'the first try');
  return scoreId;
}

test('a job that was lost with its process is queued again', async () => {
  const request = scoringRequest(withBatch(S01_FACTS, 'lost', 503, 503, 'batch'));
  await service.deliver(request);
  const key = await failedOnce(request);
  await service.pool.query('select remove_job($1)', [key]);
  service.clock.advance(300_000);
  expect((await service.event(request.applicationId, 'computed')).payload).toMatchObject({ scoreId: key, score: 700 });
});

test('S06: an outage that lasts until an hour before the hub gives up is recorded, and no score came of it', async () => {
  const request = scoringRequest(withBatch(S01_FACTS, 'long-outage', 503));
  await service.deliver(request);
  await failedOnce(request);
  service.clock.advance(23 * 3_600_000);
  await until(async () => (await listOf(request.applicationId)).unscored[0]?.['failureCode'] === 'SOURCE_UNAVAILABLE', 'giving up');
  expect(await told(request.applicationId)).toEqual([['failed', 'SOURCE_UNAVAILABLE']]);
});

test('a batch that is gone (410) or is not what was verified: three tries, then the request has failed, and no score came of it (R-CR-02)', async () => {
  const changed = withBatch(S01_FACTS, 'changed');
  const gone = scoringRequest(withBatch(S01_FACTS, 'gone', 410));
  const mismatch = scoringRequest({ ...changed, invoices: { ...changed.invoices!, sha256: 'f'.repeat(64) } });
  expect(await Promise.all([failureOf(gone), failureOf(mismatch)])).toEqual(['BATCH_GONE', 'BATCH_MISMATCH']);
  expect([provider.calls('gone'), provider.calls('changed')]).toEqual([3, 3]);
  expect([await told(gone.applicationId), await told(mismatch.applicationId)]).toEqual([[['failed', 'BATCH_GONE']], [['failed', 'BATCH_MISMATCH']]]);
  for (const { applicationId } of [gone, mismatch]) {
    expect((await listOf(applicationId)).items).toEqual([]);
  }
}, 40_000);

test('M-AP-12: a batch that was verified longer ago than its age limit is not read, and the request fails at the first try', async () => {
  const verifiedOn = (asOf: string, batchId: string): FirmFacts => {
    const facts = withBatch(S01_FACTS, batchId);
    return { ...facts, invoices: { ...facts.invoices!, asOf } };
  };
  const today = businessDate(service.clock.now());
  const [old, recent] = [scoringRequest(verifiedOn(addDays(today, -31), 'old')), scoringRequest(verifiedOn(addDays(today, -30), 'recent'))];
  expect(await failureOf(old)).toBe('BATCH_TOO_OLD');
  expect(await told(old.applicationId)).toEqual([['failed', 'BATCH_TOO_OLD']]);
  await scoreOf(recent);
  expect([provider.calls('old'), provider.calls('recent')]).toEqual([0, 1]);
});

test('F06, F03: sums beyond exact integers, and a file in which nothing can be read, fail at the first try, and the hub is told', async () => {
  const row = 'sale,1,2020-01-05,B,90000000000000.00,0.00,90000000000000.00,valid';
  const sums = {
    ...S01_FACTS,
    invoices: provider.keepLines(
      'sums',
      [1, 2, 3].map((no) => row.replace('sale,1', `sale,${no}`)),
    ),
  };
  const unreadable = { ...S01_FACTS, invoices: { ...provider.keepLines('unreadable', [row.replace('valid', '?')]), asOf: businessDate(service.clock.now()) } };
  const [first, second] = [scoringRequest(sums), scoringRequest(unreadable)];
  expect(await Promise.all([failureOf(first), failureOf(second)])).toEqual(['BATCH_BEYOND_SUMS', 'BATCH_UNREADABLE']);
  // The hub learns of it at once and once; nobody waits for a score for monitoring, so of such a failure it is not told.
  expect([await told(first.applicationId), await told(second.applicationId)]).toEqual([[['failed', 'BATCH_BEYOND_SUMS']], [['failed', 'BATCH_UNREADABLE']]]);
  const monitoring = scoringRequest(unreadable, { purpose: 'reject_inference' });
  expect([await failureOf(monitoring), await told(monitoring.applicationId)]).toEqual(['BATCH_UNREADABLE', []]);
  expect([provider.calls('sums'), provider.calls('unreadable')]).toEqual([1, 2]);
});

test('without consent C5 no invoice is read (R-LG-03)', async () => {
  const request = scoringRequest(withBatch(S01_FACTS, 'no-consent'), { invoiceConsentId: null });
  expect(await failureOf(request)).toBe('CONSENT_MISSING');
  expect(provider.calls('no-consent')).toBe(0);
});

test('a policy release that this build does not have parks the event for a person', async () => {
  const request = scoringRequest(S01_FACTS, { policyVersion: 'unheard-of.v9' });
  await service.deliver(request);
  expect((await service.parked()).map(({ reason }) => reason)).toContainEqual(expect.stringContaining('unheard-of.v9'));
});

test('50,000 invoices are read as a stream', async () => {
  const request = scoringRequest({ ...S01_FACTS, invoices: provider.keep('large', 50_000) });
  await scoreOf(request);
  const { items } = await listOf(request.applicationId);
  expect(items[0]!['inputs']).toMatchObject({ invoices: { rowCount: 50_000, badRowCount: 0 } });
});

test('R-IT-04: what was stored gives the same score again; a stored input that was changed is found', async () => {
  const request = scoringRequest(withBatch(S01_FACTS, 'again'));
  const { scoreId } = (await scoreOf(request)) as { scoreId: string };
  const recompute = async () => (await service.call('GET', `/scores/${request.applicationId}/${scoreId}/recomputation`, RISK_OFFICER)).body;
  expect(await recompute()).toMatchObject({ same: true, differences: [], stored: { score: 700 }, recomputed: { score: 700, limitMinor: '32000000' } });

  const tamper = `update score set inputs = jsonb_set(inputs, '{facts,taxPaid12mMinor}', '"100000"') where score_id = $1`;
  await expect(service.pool.query(tamper, [scoreId])).rejects.toThrow('permission denied');
  const admin = new pg.Client({ connectionString: service.database.adminUrl });
  await admin.connect();
  await admin.query(`set session_replication_role = replica`);
  await admin.query(tamper.replace('update score', 'update scoring.score'), [scoreId]);
  await admin.end();
  const found = await recompute();
  expect(found).toMatchObject({ same: false, stored: { limitMinor: '32000000' }, recomputed: { limitMinor: '0' } });
  expect(found.differences).toEqual(expect.arrayContaining(['inputs', 'limitMinor', 'caps']));
});

test('scores are for staff: a partner is refused, an unknown score is not found, a bad id is a bad request', async () => {
  const applicationId = newId();
  const paths = [`/scores/${applicationId}`, `/scores/${applicationId}/${newId()}/recomputation`];
  for (const path of paths) expect(await service.call('GET', path, PARTNER)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect(await service.call('GET', paths[1]!, RISK_OFFICER)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect(await service.call('GET', paths[0]!, RISK_OFFICER)).toMatchObject({ status: 200, body: { items: [], unscored: [] } });
  expect(await service.call('GET', '/scores/no-id', RISK_OFFICER)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
});

test.each(['C5', 'C7'] as const)('S11, G-PI-01: after %s is withdrawn no invoices are read and no score is made; the request says why', async (type) => {
  const request = scoringRequest(withBatch(S01_FACTS, `revoked-${type}`));
  const { applicationId } = request;
  await service.deliver(new ConsentRevoked({ applicationId, consentId: newId(), type, revokedAt: '2026-03-02T01:00:10.000Z', storedOnly: true }));
  expect(await failureOf(request)).toBe('CONSENT_MISSING');
  expect(provider.calls(`revoked-${type}`)).toBe(0);
  expect(await told(applicationId)).toEqual([['failed', 'CONSENT_MISSING']]);
});
