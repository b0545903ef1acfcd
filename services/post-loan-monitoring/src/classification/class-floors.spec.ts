import { LOAN_CLASSES, type LoanClass } from '@millrace/contracts';
import { addDays, daysBetween } from '@millrace/finance';
import { LOAN_SECURITIES, policyInForce, type ClassificationParameters, type LoanSecurity } from '@millrace/policy';
import fc from 'fast-check';
import { classFloors, type ClassFacts } from './class-floors.js';
import { isNonPerforming, worstOf } from './loan-class.js';

const PARAMETERS = policyInForce('online_microloan', '2026-03-02').classification;
const MATRIX: ClassificationParameters = { ...PARAMETERS, method: 'dpd_matrix' };
const CLEAN: ClassFacts = { dpd: 0, security: 'unsecured', isSmallFirm: true };

const floor = (facts: Partial<ClassFacts>, parameters = PARAMETERS): LoanClass =>
  worstOf(classFloors({ ...CLEAN, ...facts }, parameters).map(({ atLeast }) => atLeast));
const lossOf = (partMinor: bigint) => ({ expectedLoss: { partMinor, wholeMinor: 100_000n } });

test('G-CL-01: five classes, of which three are non-performing', () => {
  expect(LOAN_CLASSES.map((one) => [one, isNonPerforming(one)])).toEqual([
    ['NORMAL', false],
    ['SPECIAL_MENTION', false],
    ['SUBSTANDARD', true],
    ['DOUBTFUL', true],
    ['LOSS', true],
  ]);
});

test.each<[string, Partial<ClassFacts>, LoanClass]>([
  ['nothing', {}, 'NORMAL'],
  ['5 days of technical delay', { dpd: 5, isTechnicalDelay: true }, 'NORMAL'],
  ['7 days of technical delay', { dpd: 7, isTechnicalDelay: true }, 'NORMAL'],
  ['8 days of technical delay', { dpd: 8, isTechnicalDelay: true }, 'SPECIAL_MENTION'],
  ['1 day', { dpd: 1 }, 'SPECIAL_MENTION'],
  ['5 days', { dpd: 5 }, 'SPECIAL_MENTION'],
  ['misuse', { isMisused: true }, 'SPECIAL_MENTION'],
  ['90 days', { dpd: 90 }, 'SPECIAL_MENTION'],
  ['91 days', { dpd: 91 }, 'SUBSTANDARD'],
  ['270 days', { dpd: 270 }, 'SUBSTANDARD'],
  ['271 days', { dpd: 271 }, 'DOUBTFUL'],
  ['360 days', { dpd: 360 }, 'DOUBTFUL'],
  ['361 days', { dpd: 361 }, 'LOSS'],
  ['bankruptcy', { isBankrupt: true }, 'LOSS'],
  ['an expected loss of 55% at 30 days', { dpd: 30, impairment: lossOf(55_000n) }, 'DOUBTFUL'],
  ['an impairment', { impairment: {} }, 'SUBSTANDARD'],
  ['an expected loss just below half', { impairment: lossOf(49_999n) }, 'SUBSTANDARD'],
  ['an expected loss of half', { impairment: lossOf(50_000n) }, 'DOUBTFUL'],
  ['an expected loss just below 90%', { impairment: lossOf(89_999n) }, 'DOUBTFUL'],
  ['an expected loss of 90%', { impairment: lossOf(90_000n) }, 'LOSS'],
  ['an outside rating that collapsed', { hasRatingCollapsed: true }, 'SUBSTANDARD'],
  ['an obligor that evades its debt', { isEvading: true }, 'DOUBTFUL'],
  ['a restructuring', { observation: 'first' }, 'SPECIAL_MENTION'],
  ['a second restructuring', { observation: 'again' }, 'SUBSTANDARD'],
  ['a renewal that qualifies', { renewal: 'qualifying' }, 'NORMAL'],
  ['another loan that repaid it', { renewal: 'other' }, 'SPECIAL_MENTION'],
])('G-CL-02 to G-CL-16: %s', (_, facts, wanted) => {
  expect(floor(facts)).toBe(wanted);
});

describe('debts of the same obligor', () => {
  const elsewhere = (partMinor: bigint): Partial<ClassFacts> => ({ crossDefault: { overdueAtAllBanks: { partMinor, wholeMinor: 1_000_000n } } });

  test.each<[string, Partial<ClassFacts>, LoanClass]>([
    ['G-CL-05: some', { crossDefault: {} }, 'SPECIAL_MENTION'],
    ['G-CL-05: some here', { obligorRule: 'G-CL-05' }, 'SPECIAL_MENTION'],
    ['G-CL-10: much here', { obligorRule: 'G-CL-10' }, 'SUBSTANDARD'],
    ['G-CL-07: 20% at all banks', elsewhere(200_000n), 'SPECIAL_MENTION'],
    ['G-CL-07: a fen above 20% at all banks', elsewhere(200_001n), 'SUBSTANDARD'],
  ])('%s', (_, facts, wanted) => {
    expect(floor(facts)).toBe(wanted);
    expect(floor({ ...facts, isSmallFirm: false })).toBe(wanted);
  });

  test('G-CL-11: a lender that classes small firms loan by loan leaves them out; other obligors it cannot', () => {
    const loanByLoan = { ...PARAMETERS, smallFirmCrossDefault: false };
    expect(floor(elsewhere(500_000n), loanByLoan)).toBe('NORMAL');
    expect(floor({ ...elsewhere(500_000n), isSmallFirm: false }, loanByLoan)).toBe('SUBSTANDARD');
  });
});

test('the lender may say that no renewal is exempt, and that a second restructuring is doubtful', () => {
  expect(floor({ renewal: 'qualifying' }, { ...PARAMETERS, renewalExempt: false })).toBe('SPECIAL_MENTION');
  expect(floor({ observation: 'again' }, { ...PARAMETERS, restructuredAgainFloor: 'DOUBTFUL' })).toBe('DOUBTFUL');
});

test('every ground is told with its rule', () => {
  expect(classFloors({ ...CLEAN, dpd: 91, isMisused: true }, PARAMETERS)).toEqual([
    { rule: 'G-CL-06', atLeast: 'SUBSTANDARD' },
    { rule: 'G-CL-03', atLeast: 'SPECIAL_MENTION' },
  ]);
});

test('G-CL-06, G-CL-08, G-CL-09: the edges are days of the calendar, whatever day of a leap year the instalment was due', () => {
  for (let due = '2028-01-01'; due <= '2028-12-31'; due = addDays(due, 1)) {
    const classAfter = (days: number): LoanClass => floor({ dpd: daysBetween(due, addDays(due, days)) });
    expect([0, 1, 90, 91, 270, 271, 360, 361].map(classAfter)).toEqual([
      'NORMAL',
      'SPECIAL_MENTION',
      'SPECIAL_MENTION',
      'SUBSTANDARD',
      'SUBSTANDARD',
      'DOUBTFUL',
      'DOUBTFUL',
      'LOSS',
    ]);
  }
});

describe('the matrix of 2007 (G-CL-11)', () => {
  const edges = [0, 1, 30, 31, 90, 91, 180, 181, 360, 361];
  const [N, M, U, D, L] = LOAN_CLASSES;

  // The floors are stricter from one day on, and from 91, 271 and 361 days.
  test.each<[LoanSecurity, readonly LoanClass[]]>([
    ['unsecured', [N, M, M, U, U, D, D, D, D, L]],
    ['guaranteed', [N, M, M, M, M, U, U, D, D, L]],
    ['mortgaged', [N, M, M, M, M, U, U, U, D, L]],
    ['pledged', [N, M, M, M, M, U, U, U, D, L]],
  ])('%s', (security, wanted) => {
    expect(edges.map((dpd) => floor({ dpd, security }, MATRIX))).toEqual(wanted);
    for (const dpd of edges) expect(floor({ dpd, security })).toBe(floor({ dpd }));
  });

  test('it is for small firms, and a technical delay counts no day in it', () => {
    expect(floor({ dpd: 31, isSmallFirm: false }, MATRIX)).toBe('SPECIAL_MENTION');
    expect(floor({ dpd: 7, isTechnicalDelay: true }, MATRIX)).toBe('NORMAL');
  });
});

test('a class is never better for more days past due, nor under the matrix than under the floors', () => {
  const rank = (one: LoanClass): number => LOAN_CLASSES.indexOf(one);
  fc.assert(
    fc.property(fc.nat({ max: 800 }), fc.constantFrom(...LOAN_SECURITIES), fc.constantFrom(PARAMETERS, MATRIX), (dpd, security, parameters) => {
      expect(rank(floor({ dpd: dpd + 1, security }, parameters))).toBeGreaterThanOrEqual(rank(floor({ dpd, security }, parameters)));
      expect(rank(floor({ dpd, security }, MATRIX))).toBeGreaterThanOrEqual(rank(floor({ dpd, security })));
    }),
  );
});
