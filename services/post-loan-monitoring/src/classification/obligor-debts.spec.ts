import type { LoanClass } from '@millrace/contracts';
import { addMonths, type IsoDate } from '@millrace/finance';
import { policyInForce } from '@millrace/policy';
import { classFloors, type ClassFacts } from './class-floors.js';
import { classOfDay, type ClassState } from './class-of-day.js';
import { isNonPerforming, worstOf } from './loan-class.js';
import { isSmallFirmsLoan, obligorRuleOf, type ObligorDebt } from './obligor-debts.js';

const PARAMETERS = policyInForce('online_microloan', '2026-03-02').classification;
const CLEAN: ClassFacts = { dpd: 0, security: 'unsecured', isSmallFirm: true };
const debt = (loanId: string, balanceMinor: bigint, ownClass: LoanClass = 'NORMAL'): ObligorDebt => ({ loanId, balanceMinor, ownClass });
const ruleOf = (debts: readonly ObligorDebt[], loanId = 'sound', isSmallFirm = true, parameters = PARAMETERS) =>
  obligorRuleOf(loanId, debts, isSmallFirm, parameters);

// The cases of the rules: what each makes of the loan itself, and so of another loan of its obligor, which owes as much.
test.each<[string, Partial<ClassFacts>, LoanClass]>([
  ['nothing', {}, 'NORMAL'],
  ['5 days of technical delay', { dpd: 5, isTechnicalDelay: true }, 'NORMAL'],
  ['8 days of technical delay', { dpd: 8, isTechnicalDelay: true }, 'SPECIAL_MENTION'],
  ['5 days', { dpd: 5 }, 'SPECIAL_MENTION'],
  ['misuse', { isMisused: true }, 'SPECIAL_MENTION'],
  ['90 days', { dpd: 90 }, 'SPECIAL_MENTION'],
  ['91 days', { dpd: 91 }, 'SUBSTANDARD'],
  ['270 days', { dpd: 270 }, 'SUBSTANDARD'],
  ['271 days', { dpd: 271 }, 'DOUBTFUL'],
  ['360 days', { dpd: 360 }, 'DOUBTFUL'],
  ['361 days', { dpd: 361 }, 'LOSS'],
  ['bankruptcy', { isBankrupt: true }, 'LOSS'],
  ['an expected loss of 55% at 30 days', { dpd: 30, impairment: { expectedLoss: { partMinor: 55n, wholeMinor: 100n } } }, 'DOUBTFUL'],
  ['a restructuring', { observation: 'first' }, 'SPECIAL_MENTION'],
  ['a second restructuring', { observation: 'again' }, 'SUBSTANDARD'],
])('G-CL-10: %s makes the other loan substandard where it is non-performing, and is nothing to it else', (_, facts, wanted) => {
  const ownClass = worstOf(classFloors({ ...CLEAN, ...facts }, PARAMETERS).map(({ atLeast }) => atLeast));
  expect(ownClass).toBe(wanted);
  const obligorRule = ruleOf([debt('bad', 100n, ownClass), debt('sound', 100n)]);
  const other = worstOf(classFloors({ ...CLEAN, obligorRule }, PARAMETERS).map(({ atLeast }) => atLeast));
  expect([obligorRule, other]).toEqual(isNonPerforming(wanted) ? ['G-CL-10', 'SUBSTANDARD'] : [null, 'NORMAL']);
});

test.each([
  ['an obligor with one loan, however bad', [debt('sound', 100n, 'LOSS')], null],
  ['10% of its debt here', [debt('bad', 100n, 'SUBSTANDARD'), debt('sound', 900n)], 'G-CL-05'],
  ['a fen above 10%', [debt('bad', 101n, 'SUBSTANDARD'), debt('sound', 899n)], 'G-CL-10'],
  ['several loans that are above 10% together', [debt('bad', 60n, 'LOSS'), debt('worse', 60n, 'DOUBTFUL'), debt('sound', 880n)], 'G-CL-10'],
  ['one that is bad itself beside a small one', [debt('bad', 1n, 'SUBSTANDARD'), debt('sound', 999n, 'SUBSTANDARD')], 'G-CL-10'],
  ['a bad loan on which no principal is owed', [debt('bad', 0n, 'SUBSTANDARD'), debt('sound', 900n)], 'G-CL-05'],
  ['special mention alone', [debt('bad', 900n, 'SPECIAL_MENTION'), debt('sound', 100n)], null],
] as const)('G-CL-05, G-CL-10: %s', (_, debts, wanted) => {
  expect(ruleOf(debts)).toBe(wanted);
});

test('G-CL-11: small firms’ loans are judged one by one where the lender says so; a product for other firms is judged by its obligor all the same', () => {
  const debts = [debt('bad', 500n, 'SUBSTANDARD'), debt('sound', 500n)];
  const loanByLoan = { ...PARAMETERS, smallFirmCrossDefault: false, nonRetailProducts: ['large-firm-loan'] };
  const rules = [null, 'invoice-loan', 'large-firm-loan'].map((productCode) => ruleOf(debts, 'sound', isSmallFirmsLoan(productCode, loanByLoan), loanByLoan));
  expect(rules).toEqual([null, null, 'G-CL-10']);
});

test('G-CL-10, G-CL-12: a loan that another kept down leaves when the other is cured and its own conduct was good for six months; by itself it was sound all the while', () => {
  const dues = Array.from({ length: 24 }, (_, at) => addMonths('2026-03-02', at + 1));
  const day = (on: IsoDate, obligorRule: ClassFacts['obligorRule']) => ({
    on,
    facts: { ...CLEAN, obligorRule },
    areCostsPaid: true,
    isRestructured: false,
    periodsSince: (since: IsoDate) => dues.filter((due) => due > since && due < on).length,
  });
  let state: ClassState | undefined;
  const taken: unknown[] = [];
  for (const [on, rule] of [
    ['2026-04-10', null],
    ['2026-04-11', 'G-CL-10'],
    ['2026-06-01', null],
    ['2026-10-09', null],
    ['2026-10-10', null],
  ] as const) {
    const found = classOfDay(state, day(on, rule), PARAMETERS);
    state = found;
    taken.push([found.class, found.ownClass, found.grounds.map((ground) => ground.rule)]);
  }
  expect(taken).toEqual([
    ['NORMAL', 'NORMAL', []],
    ['SUBSTANDARD', 'NORMAL', ['G-CL-10']],
    ['SUBSTANDARD', 'NORMAL', ['G-CL-12']],
    ['SUBSTANDARD', 'NORMAL', ['G-CL-12']],
    ['NORMAL', 'NORMAL', []],
  ]);
});
