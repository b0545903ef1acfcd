import type { ScheduleTerms } from '@millrace/finance';
import fc from 'fast-check';
import { bucketOf } from '../classification/bucket.js';
import { netBy, paidOnTime, paperLoan, repaid } from '../../test/paper-loans.js';
import { ImpossibleMovementError, type LoanContract, type LoanMovement } from './loan-case.js';
import type { LoanFact } from './loan-facts.js';
import { projectLoan, type LoanProjection, type LoanStanding, type PaperEntry, type ProjectedCase } from './project-loan.js';

const loan = (movements: readonly LoanMovement[], terms: Partial<ScheduleTerms> = {}, contract: Partial<LoanContract> = {}): ProjectedCase =>
  paperLoan({ movements, terms, contract });
const standing = (given: ProjectedCase, on: string): LoanStanding => projectLoan(given, [on]).standings[0]!;

describe('arrears (R-PL-06, G-PR-07)', () => {
  test.each([
    [0, 'M0'],
    [1, 'M1'],
    [30, 'M1'],
    [31, 'M2'],
    [61, 'M3'],
    [91, 'M4'],
    [180, 'M6'],
    [181, 'M7+'],
  ])('%i days past due are %s', (dpd, bucket) => {
    expect(bucketOf(dpd)).toBe(bucket);
  });

  test('S17: instalment 3 alone, 35 days late: penalty 239.87 and compound interest 14.79', () => {
    // The dues after it are paid, so that the charges are those of the third instalment.
    const { rows } = projectLoan(loan([]), []);
    expect(rows[2]).toMatchObject({ dueOn: '2026-06-02', principalMinor: 2_447_679n, interestMinor: 150_890n });
    const only = loan([], { instalments: 1, principalMinor: 2_447_679n, method: 'bullet', disbursedOn: '2026-05-02', annualRatePercent: '7.2' });
    expect(standing(only, '2026-07-07')).toMatchObject({ dpd: 35, bucket: 'M2', penaltyMinor: 23_987n });
    const three = standing(loan(paidOnTime(2)), '2026-07-01');
    expect(three).toMatchObject({ dpd: 29, bucket: 'M1' });
    const late = standing(loan(paidOnTime(2)), '2026-07-07');
    // Instalment 4 is five days late by then: 24,623.65 and 1,362.04 at 10.08% for five days.
    expect([late.dpd, late.penaltyMinor, late.compoundMinor]).toEqual([35, 23_987n + 3_447n, 1_479n + 191n]);
  });

  test('a due that is paid whole inside the days of grace bears no penalty; a day later it bears it from its due date', () => {
    const total = 2_598_569n;
    expect(standing(loan([repaid('a', '2026-04-05', total)]), '2026-04-30')).toMatchObject({ penaltyMinor: 0n, compoundMinor: 0n, dpd: 0 });
    // 24,185.69 and 1,800.00 at 10.08% for four days are 27.09 and 2.02; charges are paid first, so that as much of the principal is left.
    expect(standing(loan([repaid('a', '2026-04-06', total + 2_709n + 202n)]), '2026-04-30')).toMatchObject({ penaltyMinor: 0n, compoundMinor: 0n, dpd: 0 });
    expect(standing(loan([repaid('a', '2026-04-06', total)]), '2026-04-06')).toMatchObject({ principalMinor: 30_000_000n - 2_418_569n + 2_911n, dpd: 4 });
  });

  test('a rate that changes counts for the days after it, in penalty too, and takes nothing back', () => {
    const two = loan([{ id: 'lpr', kind: 'rate_change', valueOn: '2026-04-12', ratePercent: '3.6' }]);
    // 24,185.69 of the first instalment: ten days at 10.08% and ten at 5.04%.
    expect(standing(two, '2026-04-12')).toMatchObject({ penaltyMinor: 6_772n });
    expect(standing(two, '2026-04-22')).toMatchObject({ penaltyMinor: 10_158n });
    const paid = loan([repaid('a', '2026-04-12', 10_000n), ...two.movements, repaid('b', '2026-04-13', 10_000n)]);
    expect(standing(paid, '2026-04-13').penaltyMinor).toBe(0n);
  });

  test('a clause that the contract has not costs nothing', () => {
    const none = standing(loan([], {}, { penaltyUpliftBps: 0 }), '2026-12-31');
    expect([none.penaltyMinor, none.compoundMinor]).toEqual([0n, 0n]);
    expect(standing(loan([], {}, { compound: false }), '2026-12-31')).toMatchObject({ compoundMinor: 0n });
  });

  test('F14: a due date on a holiday may be met on the next business day; the later dates keep their day', () => {
    const given = loan([repaid('a', '2026-10-08', 2_598_569n)], { disbursedOn: '2026-09-02' }, { rollsForward: true });
    const { rows, standings } = projectLoan(given, ['2026-10-08', '2026-10-20']);
    expect(rows.slice(0, 2).map(({ dueOn }) => dueOn)).toEqual(['2026-10-02', '2026-11-02']);
    expect(standings.map(({ dpd, penaltyMinor }) => [dpd, penaltyMinor])).toEqual([
      [0, 0n],
      [0, 0n],
    ]);
    expect(standing(loan([], { disbursedOn: '2026-09-02' }, { rollsForward: true }), '2026-10-09')).toMatchObject({ dpd: 1 });
  });
});

describe('ends and prepayments (G-PR-10, R-CR-07)', () => {
  test('S16: the payoff ten days after instalment 6 is 152,691.66 and the interest of ten days', () => {
    // 2 September to 2 October has 30 days: ten of them are a third of 916.15.
    expect(standing(loan(paidOnTime(6)), '2026-09-12')).toMatchObject({ principalMinor: 15_269_166n, interestMinor: 30_538n, payoffMinor: 15_299_704n });
    const paid = loan([...paidOnTime(6), { id: 'end', kind: 'payoff', valueOn: '2026-09-12' }]);
    expect(standing(paid, '2026-12-31')).toMatchObject({ principalMinor: 0n, interestMinor: 0n, payoffMinor: 0n, dpd: 0 });
  });

  test('a period that is broken shares its interest by actual days; where the whole period is agreed, all of it is asked for', () => {
    // 2 March to 2 April has 31 days: ten of them of 1,800.00.
    expect(standing(loan([]), '2026-03-12')).toMatchObject({ interestMinor: 58_065n });
    expect(standing(loan([], {}, { prepaymentInterest: 'whole_period' }), '2026-03-12')).toMatchObject({ payoffMinor: 30_180_000n });
  });

  test('F17: a payoff that is told late ends the loan on its own day, and what was paid after it is held', () => {
    const terms = {
      principalMinor: 12_000_000n,
      annualRatePercent: '9.00',
      method: 'interest_monthly',
      dayCount: 'ACT/365',
      disbursedOn: '2026-01-10',
    } as const;
    const told: LoanMovement[] = [repaid('a', '2026-02-10', 91_726n), repaid('b', '2026-01-30', 12_059_178n)];
    const { standings, entries } = projectLoan(loan(told, terms), ['2026-01-30', '2026-02-10']);
    expect(standings.map(({ principalMinor, payoffMinor }) => [principalMinor, payoffMinor])).toEqual([
      [0n, 0n],
      [0n, 0n],
    ]);
    expect(netBy(entries)).toMatchObject({ '6011': -59_178n, '2241': -91_726n, '1303': 0n });
  });

  test.each(['shorter_term', 'lower_instalment'] as const)('a prepayment of 50,000 on the third due date with %s', (prepaymentEffect) => {
    const prepaid: LoanMovement = { id: 'p', kind: 'prepayment', valueOn: '2026-06-02', amountMinor: 2_598_569n + 5_000_000n };
    const given = loan([...paidOnTime(2), prepaid], {}, { prepaymentEffect });
    expect(standing(given, '2026-06-02')).toMatchObject({ principalMinor: 22_700_672n - 5_000_000n, interestMinor: 0n, penaltyMinor: 0n });
    // The next instalment: the same as before, or that of 177,006.72 over nine months (20,262.14).
    const next = standing(given, '2026-07-02');
    expect(next.interestMinor).toBe(106_204n);
    const paidNext = loan(
      [...given.movements, repaid('n', '2026-07-02', prepaymentEffect === 'shorter_term' ? 2_598_569n : 2_026_214n)],
      {},
      { prepaymentEffect },
    );
    expect(standing(paidNext, '2026-07-03')).toMatchObject({ dpd: 0, interestMinor: prepaymentEffect === 'shorter_term' ? 2_944n : 3_054n });
  });

  test('the fee is asked once, also where money that was held pays a part of the payoff', () => {
    const given = loan([repaid('a', '2026-03-05', 1_000_000n), { id: 'z', kind: 'payoff', valueOn: '2026-03-12' }], {}, { prepaymentFeeBps: 100 });
    expect(standing(given, '2026-03-12')).toMatchObject({ principalMinor: 0n, interestMinor: 0n, payoffMinor: 0n });
  });

  test('a fee on what is prepaid is part of the payoff', () => {
    expect(standing(loan([], {}, { prepaymentFeeBps: 100 }), '2026-03-02')).toMatchObject({ payoffMinor: 30_300_000n });
  });
});

describe('extensions (S18)', () => {
  const terms = { method: 'interest_monthly', principalMinor: 50_000_000n, dayCount: 'ACT/360', instalments: 12 } as const;
  const extended = (dueDates: readonly string[], valueOn = '2027-02-10'): LoanMovement => ({ id: 'x', kind: 'extension', valueOn, dueDates });

  test('what is not due yet falls due on the new dates, and bears the contract rate until then', () => {
    const given = loan([...paidOnTime(11, { terms }), extended(['2027-03-02', '2027-04-02', '2027-05-02'])], terms);
    // March has 31 days: 500,000 at 7.2%.
    expect(standing(given, '2027-04-02')).toMatchObject({ principalMinor: 50_000_000n, interestMinor: 280_000n + 310_000n, dpd: 31 });
    const paid = loan([...given.movements, repaid('e1', '2027-03-02', 280_000n), repaid('e2', '2027-04-02', 310_000n)], terms);
    expect(standing(paid, '2027-05-02')).toMatchObject({ principalMinor: 50_000_000n, interestMinor: 300_000n, dpd: 0, payoffMinor: 50_300_000n });
    expect(standing(paid, '2027-05-03')).toMatchObject({ dpd: 1, bucket: 'M1' });
  });

  test('a loan that pays once is moved to its new day, and an instalment loan is levelled anew over the new dates', () => {
    const once = { ...terms, method: 'bullet', instalments: 6 } as const;
    const moved = loan([extended(['2026-12-02'], '2026-08-20')], once);
    // 275 days from 2 March to 2 December.
    expect(standing(moved, '2026-12-02')).toMatchObject({ interestMinor: 2_750_000n, dpd: 0 });
    const levelled = loan([...paidOnTime(9), extended(['2026-12-20', '2027-01-20', '2027-02-20', '2027-03-20', '2027-04-20'], '2026-12-02')]);
    const { standings } = projectLoan(levelled, ['2026-12-02', '2026-12-20', '2027-04-20']);
    expect(standings[0]).toMatchObject({ principalMinor: 7_703_088n, dpd: 0 });
    // 18 of 30 days of a month at 0.6% on 77,030.88.
    expect(standings[1]).toMatchObject({ interestMinor: 27_731n });
    expect(standings[2]!.principalMinor).toBe(7_703_088n);
  });

  test('what is overdue stays overdue, and an extension that is told late counts from its day', () => {
    const late = loan([...paidOnTime(10, { terms }), extended(['2027-06-02'], '2027-02-10')], terms);
    expect(standing(late, '2027-02-10')).toMatchObject({ dpd: 8 });
    const inTime = loan([extended(['2027-04-02'], '2027-02-10'), ...paidOnTime(12, { terms })], terms);
    const toldLate = loan([...paidOnTime(12, { terms }), extended(['2027-04-02'], '2027-02-10')], terms);
    expect(projectLoan(toldLate, ['2027-03-02', '2027-04-02']).standings).toEqual(projectLoan(inTime, ['2027-03-02', '2027-04-02']).standings);
    // The last instalment was paid on the old date; it was enough to end the loan on that day.
    expect(standing(toldLate, '2027-03-02')).toMatchObject({ principalMinor: 0n, payoffMinor: 0n });
  });

  test.each<[string, LoanMovement, RegExp]>([
    ['dates that do not rise', extended(['2027-05-02', '2027-04-02']), /x: the new due dates must rise, from a day after 2027-02-10 on/],
    ['a date before the extension', extended(['2027-02-10', '2027-04-02']), /x: the new due dates must rise, from a day after 2027-02-10 on/],
    ['no later end', extended(['2027-03-02']), /x: the last of the new due dates must be after 2027-03-02, which it is to extend/],
    ['a loan that is due already', extended(['2027-06-02'], '2027-03-02'), /x on 2027-03-02 comes after the last due date/],
  ])('%s cannot be', (_, movement, message) => {
    expect(() => projectLoan(loan([movement], terms), ['2027-03-02'])).toThrow(message);
  });
});

const day = (last: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: last }).map((days) => new Date(Date.parse('2026-03-02T00:00:00Z') + days * 86_400_000).toISOString().slice(0, 10));
const moneyMoved = fc.record({
  kind: fc.constantFrom('repayment' as const, 'prepayment' as const),
  valueOn: day(500),
  amountMinor: fc.bigInt(1n, 9_000_000n),
});
/** Before the last due date, as there must be something that the rate is for. */
const rateChanged = fc.record({ kind: fc.constant('rate_change' as const), valueOn: day(360), ratePercent: fc.constantFrom('0', '5.4', '9') });
/** After every due date of before, and before the last one that it makes. */
const extended = fc.record({ kind: fc.constant('extension' as const), valueOn: day(330), dueDates: fc.constant(['2027-02-20', '2027-05-20', '2027-07-20']) });
const movements = fc
  .array(fc.oneof({ weight: 6, arbitrary: moneyMoved }, { weight: 2, arbitrary: rateChanged }, { weight: 1, arbitrary: extended }), { maxLength: 8 })
  // A second extension to the same dates would extend nothing.
  .map((list) => list.filter(({ kind }, at) => kind !== 'extension' || at === list.findIndex((one) => one.kind === 'extension')))
  .map((list) => list.map((movement, index): LoanMovement => ({ id: `m${index}`, ...movement })));
const contracts = fc.record({
  prepaymentEffect: fc.constantFrom('shorter_term' as const, 'lower_instalment' as const),
  prepaymentInterest: fc.constantFrom('to_the_day' as const, 'whole_period' as const),
  prepaymentFeeBps: fc.constantFrom(0, 50),
  graceDays: fc.constantFrom(0, 3),
  misuseUpliftBps: fc.constantFrom(0, 8_000),
});
const factsOf = fc.array(
  fc.record({
    kind: fc.constantFrom('misuse' as const, 'impairment' as const, 'restructure' as const, 'cross_default' as const),
    from: day(400),
    amountMinor: fc.option(fc.bigInt(1n, 40_000_000n), { nil: undefined }),
  }),
  { maxLength: 3 },
);
const termsOf = fc.record({
  method: fc.constantFrom('equal_instalment' as const, 'equal_principal' as const, 'interest_monthly' as const, 'bullet' as const),
  dayCount: fc.constantFrom('periodic' as const, '30E/360' as const, 'ACT/365' as const, 'ACT/ACT' as const),
});

test('whatever moves, in whatever order it becomes known: the standings and the net of each account and value date are the same, every entry balances, and the claims are what is owed', () => {
  fc.assert(
    fc.property(
      movements,
      contracts,
      termsOf,
      factsOf,
      fc.array(fc.nat({ max: 97 }), { minLength: 8, maxLength: 8 }),
      (moved, contract, terms, facts, keys) => {
        const shuffled = moved
          .map((movement, index) => ({ movement, key: keys[index]! }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ movement }) => movement);
        const asOf = ['2026-03-02', '2026-06-02', '2026-06-30', '2027-03-02', '2027-09-01'];
        const played = (list: readonly LoanMovement[], known: readonly LoanFact[]): LoanProjection | undefined => {
          try {
            return projectLoan(paperLoan({ movements: list, terms, contract, facts: known }), asOf);
          } catch (error) {
            // An extension of a loan that prepayments have ended earlier.
            if (error instanceof ImpossibleMovementError) return undefined;
            throw error;
          }
        };
        const [told, toldOtherwise] = [played(moved, facts), played(shuffled, facts.toReversed())];
        if (!told || !toldOtherwise) return expect([told, toldOtherwise]).toEqual([undefined, undefined]);
        expect(toldOtherwise.standings).toEqual(told.standings);
        const byDay = ({ entries }: { readonly entries: readonly PaperEntry[] }) =>
          Object.fromEntries(
            [...Map.groupBy(entries, ({ valueOn }) => valueOn)]
              .map(([valueOn, own]) => [valueOn, netBy(own)] as const)
              .toSorted(([a], [b]) => (a < b ? -1 : 1)),
          );
        const settle = (net: Record<string, Record<string, bigint>>) =>
          Object.entries(net)
            .flatMap(([valueOn, accounts]) => Object.entries(accounts).flatMap(([account, minor]) => (minor === 0n ? [] : [`${valueOn} ${account} ${minor}`])))
            .toSorted();
        expect(settle(byDay(toldOtherwise))).toEqual(settle(byDay(told)));
        for (const { lines } of told.entries) expect(lines.reduce((total, { debitMinor, creditMinor }) => total + debitMinor - creditMinor, 0n)).toBe(0n);
        for (const { on, principalMinor, interestMinor, penaltyMinor, compoundMinor } of told.standings) {
          const net = netBy(told.entries.filter(({ valueOn }) => valueOn <= on));
          expect([net['1303'] ?? 0n, net['1132'] ?? 0n]).toEqual([principalMinor, interestMinor + penaltyMinor + compoundMinor]);
          expect([principalMinor, interestMinor, penaltyMinor, compoundMinor].every((minor) => minor >= 0n)).toBe(true);
        }
      },
    ),
    { numRuns: 200, endOnFailure: true },
  );
});

test('a reversal leaves the loan as if the movement had never come, and its entries take back what was posted', () => {
  const bounced = loan([...paidOnTime(2), repaid('x', '2026-06-02', 2_598_569n), { id: 'rx', kind: 'reversal', of: 'x' }]);
  expect(projectLoan(bounced, ['2026-07-07']).standings).toEqual(projectLoan(loan(paidOnTime(2)), ['2026-07-07']).standings);
  const of = (movement: string) => projectLoan(bounced, []).entries.filter((entry) => entry.movement === movement);
  expect(netBy([...of('x'), ...of('rx')])).toEqual({ '1002': 0n, '1132': 0n, '1303': 0n });
});

test('a reversal may be told before what it takes back, and be taken back itself', () => {
  const bounced: LoanMovement[] = [...paidOnTime(2), repaid('x', '2026-06-02', 2_598_569n), { id: 'rx', kind: 'reversal', of: 'x' }];
  const asOf = ['2026-06-03', '2026-07-07'];
  expect(projectLoan(loan(bounced.toReversed()), asOf).standings).toEqual(projectLoan(loan(bounced), asOf).standings);
  const after = projectLoan(loan([...bounced, { id: 'rrx', kind: 'reversal', of: 'rx' }]), asOf).standings;
  expect(after).toEqual(projectLoan(loan(bounced.slice(0, 3)), asOf).standings);
});
