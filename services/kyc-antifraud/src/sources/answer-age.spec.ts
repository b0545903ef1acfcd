import { policyInForce } from '@millrace/policy';
import { withinAge } from './answer-age.js';
import type { SourceReply } from './source-reply.js';
import { SOURCES, type Source } from './sources.js';

const NOW = new Date('2026-03-20T01:00:00Z');
const { freshness } = policyInForce('online_microloan', '2026-03-02');
const DAYS: Readonly<Record<Source, number>> = {
  identity: 30,
  registry: 7,
  tax: 30,
  invoices: 30,
  watchlist: 1,
  courts: 7,
  enterprise_bureau: 30,
  personal_bureau: 30,
};
const stored = (source: Source, ageMs: number): SourceReply => ({
  source,
  queryId: `query of ${source}`,
  sha256: 'a'.repeat(64),
  fetchedAt: new Date(NOW.getTime() - ageMs),
  consentId: null,
  body: {},
});

test.each(SOURCES)('M-AP-12: an answer of %s counts to the end of its limit, and its query is spent a moment later', (source) => {
  const limitMs = DAYS[source] * 86_400_000;
  const fresh = stored(source, limitMs);
  expect(withinAge(new Map([[source, fresh]]), freshness, NOW)).toEqual({ replies: new Map([[source, fresh]]), spentQueryIds: {} });
  const old = withinAge(new Map([[source, stored(source, limitMs + 1)]]), freshness, NOW);
  expect(old).toEqual({ replies: new Map(), spentQueryIds: { [source]: `query of ${source}` } });
});

test('M-AP-12: each limit is a parameter of its own', () => {
  const week = Object.fromEntries(Object.keys(freshness).map((name) => [name, 7])) as unknown as typeof freshness;
  for (const source of SOURCES) {
    const age = new Map([[source, stored(source, 5 * 86_400_000)]]);
    expect(withinAge(age, week, NOW).replies.size).toBe(1);
    const name = `${source.replace(/_(.)/, (_, letter: string) => letter.toUpperCase())}Days`;
    expect(withinAge(age, { ...week, [name]: 4 }, NOW).replies.size).toBe(0);
  }
});
