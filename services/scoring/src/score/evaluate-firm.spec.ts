import type { FirmFacts } from '@millrace/contracts';
import { policyOf } from '@millrace/policy';
import { invoiceBatch } from '../../test/invoice-batch.js';
import { S01_FACTS, S07_FACTS, scoringRequest } from '../../test/scoring-request.js';
import { readBatchEvidence, type BatchEvidence } from '../invoices/batch-evidence.js';
import { loadScorecard } from '../scorecard/load-scorecard.js';
import { evaluateFirm, type FirmResult } from './evaluate-firm.js';

const POLICY = policyOf('online_microloan.v0');

function evaluate(facts: FirmFacts, scorecardId: string, invoices: BatchEvidence | null = null, over: Parameters<typeof scoringRequest>[1] = {}): FirmResult {
  const scorecard = loadScorecard(scorecardId);
  const request = scoringRequest(facts, over);
  return evaluateFirm({ request, facts, invoices, scorecard, policySha256: '' }, scorecard, POLICY);
}

const codesOf = ({ reasons }: FirmResult): string[] => reasons.map(({ code }) => code);

test('S01, vector (a): 700, R4, 320,000 can be carried, 300,000 are proposed at 6.35%', () => {
  const result = evaluate(S01_FACTS, 'scenario-v0');
  expect(result).toMatchObject({ score: 700, pd: '0.012987', grade: 'R4', completeness: 1, rateBps: 635 });
  expect(result).toMatchObject({ limitMinor: '32000000', bindingCap: 'dscr', proposedMinor: '30000000', proposalBoundBy: 'request' });
  expect(codesOf(result)).toEqual(['BUSINESS_YOUNG']);
});

test('S07, vector (b): 190,000 of 300,000 at 6.85%, bound by tax, and the reasons say so', () => {
  const result = evaluate(S07_FACTS, 'scenario-v0');
  expect(result).toMatchObject({ score: 652, grade: 'R5', rateBps: 685, limitMinor: '19000000', proposedMinor: '19000000', bindingCap: 'tax' });
  expect(result.caps).toEqual(
    expect.arrayContaining([
      { name: 'tax', amountMinor: '19200000' },
      { name: 'dscr', amountMinor: '20011012' },
      { name: 'thin_file', amountMinor: '20000000' },
    ]),
  );
  expect(codesOf(result)).toEqual(['BUSINESS_YOUNG', 'LIMIT_BOUND_BY_TAX']);
  expect(result.reasons.at(-1)!.sentence).toBe('The limit is bound by the taxes paid and the tax class.');
});

test('S08, vector (c): 1,460,000 of 1,500,000 at 5.95%', () => {
  const facts = {
    ...S01_FACTS,
    monthsInBusiness: 72,
    invoicedRevenue12mMinor: '1800000000',
    taxPaid12mMinor: '62000000',
    taxClass: 'A' as const,
    cfads12mMinor: '190000000',
    unsecuredDebtMinor: '30000000',
    totalDebtMinor: '30000000',
    workingCapitalNeedMinor: null,
  };
  const result = evaluate(facts, 'scenario-v0', null, { requestedAmountMinor: '150000000' });
  expect(result).toMatchObject({ score: 715, grade: 'R3', rateBps: 595, limitMinor: '146000000', bindingCap: 'dscr' });
});

test('M-GR-02, S09: 555 is R8, has a score and a price, and a limit of 0', () => {
  const result = evaluate({ ...S01_FACTS, monthsInBusiness: 3 }, 'scenario-v0');
  expect(result).toMatchObject({ score: 555, grade: 'R8', limitMinor: '0', proposedMinor: '0', bindingCap: 'grade' });
  expect(result.rateBps).toBeGreaterThan(905);
  expect(codesOf(result)).toEqual(['BUSINESS_YOUNG', 'LIMIT_BOUND_BY_GRADE']);
});

test('R-CR-02: a firm without invoices falls into the missing bins, at the bottom of the scale', async () => {
  const { bytes, ref } = invoiceBatch('b', 2_000);
  const invoices = await readBatchEvidence(
    (async function* () {
      yield bytes;
    })(),
    { ...ref, asOf: '2020-03-02' },
    POLICY.invoices,
  );
  const known = evaluate(S01_FACTS, 'sme-invoice-v2', invoices);
  const missing = evaluate(S01_FACTS, 'sme-invoice-v2');
  expect(known.completeness).toBe(1);
  expect(missing).toMatchObject({ completeness: 0, grade: 'R10', limitMinor: '0' });
  expect(missing.score).toBeLessThan(known.score);
  expect(codesOf(missing)).toEqual(['INPUT_NOT_AVAILABLE', 'LIMIT_BOUND_BY_GRADE']);
});

test('R-CR-02: a cap without its fact is 0 and the reasons name the want; fields that are absent are as good as null', () => {
  const { taxClass, lenderCount, ...rest } = S01_FACTS;
  expect([taxClass, lenderCount]).toEqual(['B', 1]);
  const result = evaluate(rest as FirmFacts, 'scenario-v0');
  expect(result).toMatchObject({ limitMinor: '0', bindingCap: 'tax', missingCaps: ['tax', 'receivables'] });
  expect(codesOf(result)).toEqual(['BUSINESS_YOUNG', 'LIMIT_BOUND_BY_TAX', 'INPUT_NOT_AVAILABLE', 'LIMIT_BELOW_LEAST']);
});

test('M-GR-03, R-UW-04: as many reasons of a score are kept as the release says, those that cost most', () => {
  const card = loadScorecard('scenario-v0');
  const [first] = card.characteristics;
  const scorecard = { ...card, characteristics: [...card.characteristics, { ...first!, name: 'again', reasonCode: 'SALES_LOW' as const }] };
  const kept = (topReasons: number): string[] =>
    codesOf(
      evaluateFirm({ request: scoringRequest(S01_FACTS), facts: S01_FACTS, invoices: null, scorecard, policySha256: '' }, scorecard, {
        ...POLICY,
        disclosure: { ...POLICY.disclosure, topReasons },
      }),
    );
  expect(POLICY.disclosure.topReasons).toBe(4);
  expect([kept(1), kept(2).length]).toEqual([['BUSINESS_YOUNG'], 2]);
});

test('M-GR-01: the grade and the chance of default in the price are those of the scale of the policy', () => {
  const scorecard = loadScorecard('scenario-v0');
  const inputs = { request: scoringRequest(S01_FACTS), facts: S01_FACTS, invoices: null, scorecard, policySha256: '' };
  const under = (minScoreOfR4: number, midPdOfR4: number): unknown[] => {
    const { minScore, midPdBps } = POLICY.masterScale;
    const masterScale = { minScore: { ...minScore, R4: minScoreOfR4 }, midPdBps: { ...midPdBps, R4: midPdOfR4 } };
    const { score, grade, rateBps } = evaluateFirm(inputs, scorecard, { ...POLICY, masterScale });
    return [score, grade, rateBps];
  };
  expect([under(669, 160), under(701, 160), under(669, 200)]).toEqual([
    [700, 'R4', 635],
    [700, 'R5', 685],
    // 0.40% more of default at an LGD of 55% are 22 basis points of 631.475, rounded up to the next five.
    [700, 'R4', 655],
  ]);
});

test('an industry that no register knows is a gap of the risk index, never an average one', () => {
  const [known, unknown] = ['F51', 'UNKNOWN'].map(
    (industryCode) => evaluate({ ...S01_FACTS, industryCode }, 'scenario-v0').riskIndex.subScores.industryRegion!,
  );
  expect(unknown!).toBeLessThan(known!);
});

test('the result is plain JSON: what is read back from the database is the same', () => {
  const result = evaluate(S07_FACTS, 'sme-invoice-v2');
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
});
