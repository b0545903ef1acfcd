import type { FirmFacts, LoanStatus } from '@millrace/contracts';
import { policyInForce } from '@millrace/policy';
import { FACTS, provenanceOf } from '../../test/submission.js';
import { isStale, judgeRecheck, type Recheck, type RecheckGround, type Standing } from './recheck-policy.js';

const NOW = new Date('2026-03-10T01:00:00.000Z');
const daysAgo = (days: number, ms = 0): string => new Date(NOW.getTime() - days * 86_400_000 + ms).toISOString();
const GOOD: Standing = { consentsAlive: true, contractIntact: true, guaranteesAlive: true, loanStatuses: [], frozen: false };
const facts = (at: string): FirmFacts => ({ ...FACTS, provenance: provenanceOf(at) });
const ground = (change: Partial<RecheckGround> = {}): RecheckGround => ({
  facts: facts(daysAgo(0)),
  scoredAt: daysAgo(1),
  recheck: null,
  standing: GOOD,
  policy: policyInForce('online_microloan', '2026-03-02'),
  now: NOW,
  ...change,
});
const answered = (change: Partial<NonNullable<Recheck['answer']>> = {}, more: Partial<Recheck> = {}): Recheck => ({
  recheckId: 'r',
  accepted: [],
  answer: { findings: [], stops: false, facts: facts(daysAgo(0)), checkedAt: daysAgo(0), ...change },
  ...more,
});
const FOUND = [{ code: 'ENFORCEMENT_OPEN', severity: 'amber' as const }];

test('R-DB-01: what is young enough is asked of nobody, and what cannot be checked is never told as good', () => {
  const { verdict, lines } = judgeRecheck(ground());
  expect(verdict).toBe('pass');
  const of = (outcome: string): string[] => lines.filter((line) => line.outcome === outcome).map(({ check }) => check);
  expect(of('not_checked')).toEqual(['evidence', 'liquidity', 'industry_concentration', 'portfolio_caps']);
  expect(of('at_payment')).toEqual(['payee', 'obligor_cap']);
  expect(of('passed')).toEqual(['lists', 'courts', 'registry', 'overdue_elsewhere', 'score', 'consents', 'contract', 'guarantees', 'overdue_here', 'facility']);
});

test.each([
  ['lists one day old', daysAgo(1), 'pass'],
  ['lists a millisecond older', daysAgo(1, -1), 'ask'],
])('R-DB-01, M-AP-12: %s', (_, at, verdict) => {
  const provenance = facts(daysAgo(0)).provenance.map((one) => (one.source === 'watchlist' ? { ...one, fetchedAt: at } : one));
  expect(judgeRecheck(ground({ facts: { ...FACTS, provenance } })).verdict).toBe(verdict);
});

test('R-DB-01: a source of which nothing is known is asked, and so are the facts of before that name none', () => {
  const provenance = facts(daysAgo(0)).provenance.filter(({ source }) => source !== 'courts');
  for (const known of [{ ...FACTS, provenance }, { ...FACTS, provenance: [] }, null]) {
    const judgement = judgeRecheck(ground({ facts: known }));
    expect([judgement.verdict, isStale(judgement)]).toEqual(['ask', true]);
  }
});

test.each([
  ['30 days old', daysAgo(30), 'pass'],
  ['a millisecond older', daysAgo(30, -1), 'score'],
])('R-DB-01, M-AP-07: a score that is %s', (_, scoredAt, verdict) => {
  const judgement = judgeRecheck(ground({ scoredAt }));
  expect([judgement.verdict, isStale(judgement)]).toEqual([verdict, false]);
});

test('R-DB-01: a score that was made anew decides by what it carries', () => {
  const made = (carries: boolean): Recheck => answered({}, { score: { scoreId: 's', scoredAt: daysAgo(0), carries } });
  expect(judgeRecheck(ground({ scoredAt: daysAgo(40), recheck: made(true) })).verdict).toBe('pass');
  expect(judgeRecheck(ground({ scoredAt: daysAgo(40), recheck: made(false) })).verdict).toBe('hold');
});

test.each([
  ['consents', { consentsAlive: false }],
  ['contract', { contractIntact: false }],
  ['guarantees', { guaranteesAlive: false }],
  ['facility', { frozen: true }],
  ...(['OVERDUE', 'ACCELERATED', 'LEGAL', 'WRITTEN_OFF'] as const).map((status) => ['overdue_here', { loanStatuses: [status] as LoanStatus[] }] as const),
] as const)('R-DB-01: %s speaks against the payment by itself, and nobody outside is asked', (check, change) => {
  const { verdict, lines } = judgeRecheck(ground({ facts: null, standing: { ...GOOD, ...change } }));
  expect(verdict).toBe('hold');
  expect(lines.filter(({ outcome }) => outcome === 'failed').map((line) => line.check)).toEqual([check]);
});

test('R-DB-01: loans that are repaid, returned or sold make nobody late', () => {
  const loanStatuses: LoanStatus[] = ['ACTIVE', 'SETTLED', 'CLOSED', 'RETURNED', 'TRANSFERRED'];
  expect(judgeRecheck(ground({ standing: { ...GOOD, loanStatuses } })).verdict).toBe('pass');
});

test('S12: what was found holds the payment, but a score that is too old is made first, so that a person sees both', () => {
  const recheck = answered({ findings: FOUND });
  expect(judgeRecheck(ground({ scoredAt: daysAgo(31), recheck })).verdict).toBe('score');
  const { verdict, lines } = judgeRecheck(ground({ recheck }));
  expect([verdict, lines.filter(({ code }) => code).map(({ check, outcome, code }) => [check, outcome, code])]).toEqual([
    'hold',
    [['finding', 'failed', 'ENFORCEMENT_OPEN']],
  ]);
});

test('R-DB-01: a hard rule refuses, whatever else is known', () => {
  const recheck = answered({ findings: [{ code: 'DISHONEST_DEBTOR', severity: 'red' }], stops: true, facts: null }, { accepted: ['DISHONEST_DEBTOR'] });
  expect(judgeRecheck(ground({ scoredAt: daysAgo(40), recheck })).verdict).toBe('refuse');
});

test('R-CR-02: what an officer has looked at counts no more; a source that stayed away always does', () => {
  expect(judgeRecheck(ground({ recheck: answered({ findings: FOUND }, { accepted: ['ENFORCEMENT_OPEN'] }) })).verdict).toBe('pass');
  const silent = [{ code: 'SOURCE_UNAVAILABLE', severity: 'amber' as const }];
  expect(judgeRecheck(ground({ recheck: answered({ findings: silent }, { accepted: ['SOURCE_UNAVAILABLE'] }) })).verdict).toBe('hold');
  expect(judgeRecheck(ground({ recheck: answered({ facts: facts(daysAgo(3)) }) })).verdict).toBe('hold');
});
