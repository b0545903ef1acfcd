import { newId } from '@millrace/contracts';
import { OTHER_PARTNER, PARTNER, RISK_OFFICER, type TestService } from '@millrace/testing';
import { offered, startHub, submit } from '../../test/hub.js';
import { consentsOf, nextUscc, submission } from '../../test/submission.js';

// Method: the real service on real PostgreSQL; lists are asked over HTTP as the gateway asks for them.
const PROVIDERS = 'http://127.0.0.1:9';
let hub: TestService;
beforeAll(async () => {
  hub = await startHub(PROVIDERS);
}, 120_000);
afterAll(() => hub.stop());
/** Each test has a time of its own, so that it sees its own rows through `updatedSince`. */
beforeEach(() => hub.clock.advance(86_400_000));

type Page = { items: { applicationId: string; status: string; updatedAt: string }[]; nextCursor: string | null; nextUpdatedSince: string };
async function list(query: Record<string, string | number>, by = PARTNER): Promise<Page> {
  const asked = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const { status, body } = await hub.call('GET', `/loan-applications?${asked.join('&')}`, by);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as Page;
}
const ids = ({ items }: Page): string[] => items.map(({ applicationId }) => applicationId);
const today = (): string => hub.clock.now().toISOString().slice(0, 10);

test('pages give every row once, the newest first, although new ones come in between', async () => {
  const made: string[] = [];
  for (let at = 0; at < 5; at += 1) made.unshift(await submit(hub));
  const query = { from: today(), limit: 2 };
  const first = await list(query);
  const later = await submit(hub);
  const second = await list({ ...query, cursor: first.nextCursor! });
  const third = await list({ ...query, cursor: second.nextCursor! });
  expect([...ids(first), ...ids(second), ...ids(third)]).toEqual(made);
  expect([third.nextCursor, second.nextUpdatedSince, third.nextUpdatedSince]).toEqual([null, first.nextUpdatedSince, first.nextUpdatedSince]);
  expect(ids(await list(query))[0]).toBe(later);
});

test('T50: a look since the last one gives what has changed, and what changed before and was committed after it', async () => {
  const { nextUpdatedSince } = await list({});
  const [moved, still] = [await offered(hub), await submit(hub)];
  const look = await list({ updatedSince: nextUpdatedSince });
  expect(ids(look)).toEqual(expect.arrayContaining([moved, still]));
  expect(look.items.every(({ updatedAt }) => updatedAt >= nextUpdatedSince)).toBe(true);
  hub.clock.advance(60_000);
  const slow = await hub.pool.connect();
  try {
    await slow.query('begin');
    await slow.query('update application set updated_at = $2 where application_id = $1', [still, hub.clock.now()]);
    hub.clock.advance(4_000);
    const before = await list({ updatedSince: look.nextUpdatedSince });
    await slow.query('commit');
    expect(before.items.find(({ applicationId }) => applicationId === still)?.updatedAt).not.toBe(new Date(hub.clock.now().getTime() - 4_000).toISOString());
    // Deadlines of the test before, a day ago, may be swept in between.
    expect(ids(await list({ updatedSince: before.nextUpdatedSince })).filter((id) => [moved, still].includes(id))).toEqual([still]);
  } finally {
    slow.release();
  }
});

test('filters combine: firm, status, day of the submission in Shanghai, last change', async () => {
  const uscc = nextUscc();
  const company = { ...submission().company, uscc };
  const invoice = await submit(hub, { company });
  const tax = await submit(hub, { company, productCode: 'tax-loan' });
  await submit(hub);
  expect(ids(await list({ uscc }))).toEqual([tax, invoice]);
  await hub.call('PUT', `/loan-applications/${invoice}/cancellations/${newId()}`, PARTNER, { reasonCode: 'APPLICANT_WITHDREW' });
  expect(ids(await list({ uscc, status: 'CANCELLED' }))).toEqual([invoice]);
  expect(ids(await list({ uscc, status: 'CANCELLED', from: today(), to: today(), updatedSince: hub.clock.now().toISOString() }))).toEqual([invoice]);
  expect(ids(await list({ uscc, from: '2099-01-01' }))).toEqual([]);
  expect(ids(await list({ uscc, to: '2020-01-01' }))).toEqual([]);
  expect(ids(await list({ uscc, updatedSince: '2099-01-01T00:00:00Z' }))).toEqual([]);
});

test('R-OP-06: a day is one of Shanghai, where it begins eight hours before that of UTC', async () => {
  hub.clock.set(new Date(`${today()}T15:59:59Z`));
  const evening = await submit(hub);
  hub.clock.advance(1_000);
  const morning = await submit(hub, { consents: consentsOf(hub.clock.now()) });
  const day = today();
  const next = new Date(hub.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
  expect(ids(await list({ from: day, to: day }))).toEqual([evening]);
  expect(ids(await list({ from: next, to: next }))).toEqual([morning]);
  hub.clock.advance(86_400_000);
});

test('R-OP-06: another partner’s and another tenant’s rows are not there, whatever is asked; staff see those of their tenant', async () => {
  const uscc = nextUscc();
  const mine = await submit(hub, { company: { ...submission().company, uscc } });
  const foreign = { ...PARTNER, tenantId: 't2' };
  const elsewhere = await submit(hub, {}, foreign);
  for (const query of [{ uscc }, { from: today() }, { status: 'CHECKING' }, { updatedSince: '2020-01-01T00:00:00Z', limit: 200 }]) {
    expect(ids(await list(query, OTHER_PARTNER))).not.toContain(mine);
    expect(ids(await list(query, foreign))).not.toContain(mine);
    expect(ids(await list(query, RISK_OFFICER))).toContain(mine);
    expect(ids(await list(query, RISK_OFFICER))).not.toContain(elsewhere);
  }
  const [, cursor] = [await submit(hub), (await list({ limit: 1 })).nextCursor!];
  expect(ids(await list({ cursor }, OTHER_PARTNER))).toEqual([]);
});

test.each([
  ['limit', 'limit=0'],
  ['limit', 'limit=201'],
  ['limit', 'limit=many'],
  ['cursor', 'cursor=zzz'],
  ['cursor', `cursor=${newId()}`],
  ['cursor', 'cursor=%00'],
  ['cursor', `cursor=${Buffer.from('["x","y"]').toString('base64url')}`],
  ['from', 'from=2026-02-30'],
  ['to', 'to=yesterday'],
  ['to', 'from=2026-03-02&to=2026-03-01'],
  ['updatedSince', 'updatedSince=2026-03-02'],
  ['updatedSince', 'updatedSince='],
  ['status', 'status=NEW'],
  ['status', 'status=CHECKING&status=OFFERED'],
  ['uscc', 'uscc=91990100MA0TE00011'],
  ['colour', 'colour=red'],
])('a bad %s is told by name: %s', async (field, query) => {
  expect(await hub.call('GET', `/loan-applications?${query}`)).toMatchObject({
    status: 400,
    body: { code: 'VALIDATION_FAILED', errors: expect.arrayContaining([expect.objectContaining({ field })]) },
  });
});
