import { CONTRACT, netBy, paperLoan, repaid, standingOn, type PaperChange } from '../../test/paper-loans.js';
import type { LoanFact } from './loan-facts.js';
import { PaperLoan } from './paper-loan.js';
import { projectLoan } from './project-loan.js';

/** A line of 300,000 with interest each month, whose year has 360 days. */
const BULLET: PaperChange['terms'] = { method: 'interest_monthly', dayCount: 'ACT/360' };
const misuse = (from: string, amountMinor?: bigint, to?: string): LoanFact => ({ kind: 'misuse', from, to, amountMinor });
const misused = (facts: readonly LoanFact[], change: PaperChange = {}): PaperChange => ({
  ...change,
  facts,
  terms: { ...BULLET, ...change.terms },
  contract: { misuseUpliftBps: 8_000, ...change.contract },
});

test('G-PR-07: 200,000 that is misused for 20 days at 7.2% and 80% costs 1,440.00, in place of its contract interest', () => {
  const change = misused([misuse('2026-03-02', 20_000_000n)]);
  // 100,000 bears 7.2% for 20 days.
  expect(standingOn(change, '2026-03-22')).toMatchObject({ penaltyMinor: 144_000n, interestMinor: 40_000n, payoffMinor: 30_184_000n, dpd: 0 });
});

test('S15: 120,000 of 300,000 at 6.35% goes elsewhere on the third day; 20 days later it has cost 762.00', () => {
  const change = misused([misuse('2026-03-05', 12_000_000n)], { terms: { annualRatePercent: '6.35' } });
  // 300,000 for three days and 180,000 for twenty.
  expect(standingOn(change, '2026-03-25')).toMatchObject({ penaltyMinor: 76_200n, interestMinor: 15_875n + 63_500n, class: 'SPECIAL_MENTION', dpd: 0 });
});

test('the vector is the same for a loan whose months are twelfths', () => {
  expect(standingOn(misused([misuse('2026-03-02', 20_000_000n)], { terms: { dayCount: 'periodic' } }), '2026-03-22').penaltyMinor).toBe(144_000n);
});

test('what has come up in a period is asked for on its due date with the rest of the interest, and again from the next period on', () => {
  const change = misused([misuse('2026-03-22', 20_000_000n)]);
  // 2 March to 2 April has 31 days: 20 on 300,000, 11 on 100,000; the misuse of 11 days at 12.96% is 792.00.
  const dueMinor = 120_000n + 22_000n;
  expect(standingOn(change, '2026-04-02')).toMatchObject({ interestMinor: dueMinor, penaltyMinor: 79_200n });
  const paid: PaperChange = { ...change, movements: [repaid('a', '2026-04-02', dueMinor + 79_200n)] };
  expect(standingOn(paid, '2026-04-02')).toMatchObject({ interestMinor: 0n, penaltyMinor: 0n, dpd: 0 });
  expect(standingOn(paid, '2026-04-12')).toMatchObject({ interestMinor: 20_000n, penaltyMinor: 72_000n, dpd: 0 });
  // Penalty is paid before interest, so that a fen less leaves the interest overdue.
  const short: PaperChange = { ...change, movements: [repaid('a', '2026-04-02', dueMinor + 79_199n)] };
  expect(standingOn(short, '2026-04-03')).toMatchObject({ dpd: 1 });
});

test('a fact that ends costs nothing from the day after it; two facts add up, and more than the loan is the loan', () => {
  expect(standingOn(misused([misuse('2026-03-02', 20_000_000n, '2026-03-11')]), '2026-03-22')).toMatchObject({ penaltyMinor: 72_000n, interestMinor: 80_000n });
  const twice = misused([misuse('2026-03-02', 10_000_000n), misuse('2026-03-02', 10_000_000n)]);
  expect(standingOn(twice, '2026-03-22').penaltyMinor).toBe(144_000n);
  for (const facts of [[misuse('2026-03-02', 90_000_000n)], [misuse('2026-03-02')]])
    expect(standingOn(misused(facts), '2026-03-22')).toMatchObject({ penaltyMinor: 216_000n, interestMinor: 0n });
});

test('S15: called in, the misused part goes on to bear its raise and the rest that of lateness, of whatever dues they are', () => {
  const loan = new PaperLoan(paperLoan(misused([misuse('2026-03-05', 12_000_000n)], { terms: { annualRatePercent: '6.35' } })));
  loan.callIn('2026-03-26');
  // 300,000 for three days and 180,000 for 21; 120,000 at 11.43% for 21 days.
  expect([loan.interestOn('2026-03-26'), loan.lateChargesOn('2026-03-26').penaltyMinor]).toEqual([15_875n + 66_675n, 80_010n]);
  loan.advance('2026-04-25');
  // Thirty days more: 120,000 at 11.43% and 180,000 at 8.89%.
  expect([loan.interestOn('2026-04-25'), loan.lateChargesOn('2026-04-25').penaltyMinor]).toEqual([82_550n, 80_010n + 114_300n + 133_350n]);
});

test('a contract without the clause asks for nothing more', () => {
  const change = misused([misuse('2026-03-02', 20_000_000n)], { contract: { misuseUpliftBps: 0 } });
  expect(standingOn(change, '2026-03-22')).toMatchObject({ penaltyMinor: 0n, interestMinor: 120_000n, class: 'SPECIAL_MENTION' });
});

describe('G-PR-08: overdue and misused at once bear the heavier raise alone', () => {
  /** All of it is due at once. */
  const once = { method: 'bullet', instalments: 1, dayCount: 'ACT/360' } as const;
  const contract = { ...CONTRACT, misuseUpliftBps: 8_000, graceDays: 0, compound: false };
  const late = (facts: readonly LoanFact[], uplifts: Partial<typeof contract> = {}): bigint =>
    standingOn({ terms: once, contract: { ...contract, ...uplifts }, facts }, '2026-04-22').penaltyMinor;

  test('of what is overdue, the misused part bears 80% and the rest 40%', () => {
    // 20 days from 2 April on: 100,000 at 12.96% and 200,000 at 10.08%.
    expect(late([misuse('2026-04-02', 10_000_000n)])).toBe(72_000n + 112_000n);
    expect(late([])).toBe(168_000n);
  });

  test('where lateness is the dearer of the two, it is what counts', () => {
    expect(late([misuse('2026-04-02', 10_000_000n)], { penaltyUpliftBps: 5_000, misuseUpliftBps: 2_000 })).toBe(180_000n);
  });

  test('what is overdue counts as misused first, and the rest of it is not due yet', () => {
    // Instalment 1 (24,185.69 of principal) is overdue; 100,000 is misused from its due date on, of which 75,814.31 is not due.
    const change: PaperChange = { contract: { ...contract, compound: true }, facts: [misuse('2026-04-02', 10_000_000n)] };
    const { penaltyMinor, interestMinor } = standingOn(change, '2026-04-22');
    // Twenty days at 12.96%: 24,185.69 of the overdue due and 75,814.31 of the next, each due rounded for itself.
    expect(penaltyMinor).toBe(17_414n + 54_586n);
    // 1,800.00 of the first period; of the 30 days of the second, 20 on 275,814.31 less 75,814.31 that is misused.
    expect(interestMinor).toBe(180_000n + 80_000n);
  });

  test('in days of grace misuse costs what it costs, and lateness nothing', () => {
    const graced = { ...contract, graceDays: 3 };
    const paid = (facts: readonly LoanFact[]) =>
      standingOn({ terms: once, contract: graced, facts, movements: [{ id: 'end', kind: 'payoff', valueOn: '2026-04-05' }] }, '2026-04-30');
    expect(paid([])).toMatchObject({ principalMinor: 0n, penaltyMinor: 0n });
    const { entries } = projectLoan(
      paperLoan({
        terms: once,
        contract: graced,
        facts: [misuse('2026-04-02', 10_000_000n)],
        movements: [{ id: 'end', kind: 'payoff', valueOn: '2026-04-05' }],
      }),
      ['2026-04-30'],
    );
    // 100,000 at 12.96% for three days.
    expect(netBy(entries)).toMatchObject({ '6012': -10_800n, '1132': 0n, '1303': 0n });
  });
});

test('a loan that is paid off bears nothing more, and a payoff asks for all that has come up', () => {
  const change = misused([misuse('2026-03-02', 20_000_000n)], { movements: [{ id: 'end', kind: 'payoff', valueOn: '2026-03-22' }] });
  expect(standingOn(change, '2026-06-30')).toMatchObject({ principalMinor: 0n, interestMinor: 0n, penaltyMinor: 0n, payoffMinor: 0n, class: 'NORMAL' });
  expect(netBy(projectLoan(paperLoan(change), ['2026-06-30']).entries)).toMatchObject({ '6011': -40_000n, '6012': -144_000n, '1132': 0n, '1303': 0n });
});

test('what is prepaid is misused no more', () => {
  const prepaid = misused([misuse('2026-03-02', 20_000_000n)], {
    movements: [{ id: 'p', kind: 'prepayment', valueOn: '2026-03-22', amountMinor: 25_000_000n + 184_000n }],
  });
  // 50,000 is left, all of which counts as misused: ten days at 12.96%.
  expect(standingOn(prepaid, '2026-03-22')).toMatchObject({ principalMinor: 5_000_000n, interestMinor: 0n, penaltyMinor: 0n });
  expect(standingOn(prepaid, '2026-04-01')).toMatchObject({ interestMinor: 0n, penaltyMinor: 18_000n });
});
