import { type TestService } from '@millrace/testing';
import { CLEAN, RecordingProviders } from '../../test/recording-providers.js';
import { nextPerson, nextUscc, outcomeOf, parkedRound, requestVerification, startKyc } from '../../test/verified-firm.js';

const DAY_MS = 86_400_000;
const providers = new RecordingProviders();
let kyc: TestService;

beforeAll(async () => {
  kyc = await startKyc(await providers.start());
}, 120_000);
afterAll(async () => {
  await kyc.stop();
  await providers.stop();
});

interface Stored {
  readonly source: string;
  readonly queryId: string;
}

async function storedOf(applicationId: string): Promise<Stored[]> {
  const { rows } = await kyc.pool.query<Stored>('select source, query_id as "queryId" from source_reply where application_id = $1 order by fetched_at', [
    applicationId,
  ]);
  return rows;
}

test('M-AP-12: what was stored longer ago than its limit is asked for again under another id, stays as evidence, and only the new answer is decided by', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { tax: 503 });
  const applicationId = await requestVerification(kyc, { person: nextPerson(), uscc });
  await parkedRound(kyc, applicationId);
  const before = await storedOf(applicationId);
  expect(before.map(({ source }) => source)).toEqual(expect.arrayContaining(['identity', 'registry', 'courts', 'watchlist', 'enterprise_bureau']));

  // Meanwhile the firm has become a dishonest debtor: the old answer of the courts says otherwise.
  providers.set(uscc, { courts: { ...CLEAN.courts, dishonestDebtor: true } });
  kyc.clock.advance(8 * DAY_MS);
  const { type, payload } = await outcomeOf(kyc, applicationId);
  expect(type).toBe('rejected');
  expect(payload.findings.map(({ code }: { code: string }) => code)).toContain('DISHONEST_DEBTOR');

  const idBefore = (source: string): string | undefined => before.find((reply) => reply.source === source)?.queryId;
  const after = await storedOf(applicationId);
  const twice = (source: string): string[] => after.filter((reply) => reply.source === source).map(({ queryId }) => queryId);
  for (const source of ['registry', 'courts', 'watchlist']) {
    expect(twice(source)).toEqual([idBefore(source), expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)]);
    expect(new Set(twice(source)).size).toBe(2);
  }
  for (const source of ['identity', 'enterprise_bureau', 'personal_bureau', 'invoices', 'tax']) expect(twice(source)).toHaveLength(1);
  // Every provider has seen each query as its own: the second id is not a repetition of the first.
  const { provenance } = payload.facts!;
  expect(provenance.find(({ source }: { source: string }) => source === 'registry')!.queryId).toBe(twice('registry')[1]);
});
