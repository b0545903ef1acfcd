import { newId } from '@millrace/contracts';
import { OTHER_PARTNER, PARTNER } from '@millrace/testing';
import { AUDITOR, RunningMonitoring } from '../../test/running-monitoring.js';

// Method: the real service on real PostgreSQL and the real log; lists are asked over HTTP as the gateway asks for them.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(() => monitoring.stop());
/** Each test has a day of its own. */
beforeEach(() => monitoring.test.clock.advance(86_400_000));

type Page = { items: { loanId: string; status: string; updatedAt: string }[]; nextCursor: string | null; nextUpdatedSince: string };
async function list(query: Record<string, string | number>, by = PARTNER): Promise<Page> {
  const asked = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const { status, body } = await monitoring.test.call('GET', `/loans?${asked.join('&')}`, by);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as Page;
}
const ids = ({ items }: Page): string[] => items.map(({ loanId }) => loanId);

test('T10: loans are a list; pages give every one once, although new ones come in between', async () => {
  const made: string[] = [];
  for (let at = 0; at < 5; at += 1) made.unshift((await monitoring.book()).loanId);
  const query = { from: monitoring.today, limit: 2 };
  const first = await list(query);
  const later = await monitoring.book();
  const second = await list({ ...query, cursor: first.nextCursor! });
  const third = await list({ ...query, cursor: second.nextCursor! });
  expect([...ids(first), ...ids(second), ...ids(third)]).toEqual(made);
  expect([third.nextCursor, third.nextUpdatedSince]).toEqual([null, first.nextUpdatedSince]);
  expect(first.items[0]).toEqual(await monitoring.loan(made[0]!));
  expect(ids(await list(query))[0]).toBe(later.loanId);
});

test('T50: a payment moves the loan’s last change, and a look since then gives it', async () => {
  const [paid, still] = [await monitoring.book(), await monitoring.book()];
  monitoring.test.clock.advance(60_000);
  const { nextUpdatedSince } = await list({});
  expect(ids(await list({ updatedSince: nextUpdatedSince }))).toEqual([]);
  await monitoring.pay(paid.loanId, 30_000_000n);
  const { items } = await list({ updatedSince: nextUpdatedSince });
  expect(items).toEqual([expect.objectContaining({ loanId: paid.loanId, status: 'SETTLED', updatedAt: monitoring.test.clock.now().toISOString() })]);
  expect(ids(await list({ from: monitoring.today, status: 'ACTIVE' }))).toEqual([still.loanId]);
  expect(ids(await list({ from: monitoring.today, status: 'SETTLED' }))).toEqual([paid.loanId]);
});

test('filters combine, by application and by the day of the payout', async () => {
  const loan = await monitoring.book();
  const { applicationId, loanId } = loan;
  const day = monitoring.today;
  expect(ids(await list({ applicationId, from: day, to: day, status: 'ACTIVE' }))).toEqual([loanId]);
  expect(ids(await list({ applicationId: newId() }))).toEqual([]);
  expect(ids(await list({ applicationId, status: 'SETTLED' }))).toEqual([]);
  expect(ids(await list({ applicationId, from: '2099-01-01' }))).toEqual([]);
  expect(ids(await list({ applicationId, to: '2020-01-01' }))).toEqual([]);
});

test('R-OP-06: another partner’s and another tenant’s loans are not there; staff see those of their tenant', async () => {
  const { loanId, applicationId } = await monitoring.book();
  for (const query of [{ applicationId }, { from: monitoring.today }, { limit: 200 }]) {
    expect(ids(await list(query, OTHER_PARTNER))).not.toContain(loanId);
    expect(ids(await list(query, { ...AUDITOR, tenantId: 't2' }))).toEqual([]);
    expect(ids(await list(query, AUDITOR))).toContain(loanId);
  }
});

test.each([
  ['limit', 'limit=201'],
  ['cursor', `cursor=${newId()}`],
  ['from', 'from=2026-02-30'],
  ['to', 'from=2026-03-02&to=2026-03-01'],
  ['updatedSince', 'updatedSince=now'],
  ['status', 'status=LATE'],
  ['applicationId', 'applicationId=7'],
  ['uscc', 'uscc=91990100MA0TE00010'],
])('a bad %s is told by name: %s', async (field, query) => {
  expect(await monitoring.test.call('GET', `/loans?${query}`)).toMatchObject({
    status: 400,
    body: { code: 'VALIDATION_FAILED', errors: expect.arrayContaining([expect.objectContaining({ field })]) },
  });
});
