import fc from 'fast-check';
import { allocateRepayment, PRINCIPAL_FIRST_ORDER, STANDARD_ORDER, type OpenDue } from './allocation.js';

const VALUE_ON = '2026-06-02';
const due = (number: number, on: string, parts: Partial<OpenDue> = {}): OpenDue => ({
  number,
  due: on,
  feesMinor: 0n,
  penaltyMinor: 0n,
  interestMinor: 10n,
  principalMinor: 100n,
  ...parts,
});
const OVERDUE = [due(1, '2026-04-02', { feesMinor: 5n, penaltyMinor: 3n }), due(2, '2026-05-02', { penaltyMinor: 1n })];
const CURRENT = due(3, VALUE_ON);
/** Given newest first, to show that the order is not the caller's. */
const DUES = [CURRENT, ...OVERDUE.toReversed()];

const paid = (amountMinor: bigint, order = STANDARD_ORDER): string[] =>
  allocateRepayment(amountMinor, DUES, VALUE_ON, order).lines.map((line) => `${line.number} ${line.bucket} ${line.amountMinor}`);

test('fees, penalty, overdue interest, overdue principal, current interest, current principal; oldest first', () => {
  expect(paid(339n)).toEqual([
    '1 fees 5',
    '1 penalty 3',
    '2 penalty 1',
    '1 overdueInterest 10',
    '2 overdueInterest 10',
    '1 overduePrincipal 100',
    '2 overduePrincipal 100',
    '3 currentInterest 10',
    '3 currentPrincipal 100',
  ]);
});

test('a partial amount stops where it ends', () => {
  expect(paid(6n)).toEqual(['1 fees 5', '1 penalty 1']);
  expect(paid(30n)).toEqual(['1 fees 5', '1 penalty 3', '2 penalty 1', '1 overdueInterest 10', '2 overdueInterest 10', '1 overduePrincipal 1']);
});

test('over 90 days past due principal goes first', () => {
  expect(paid(210n, PRINCIPAL_FIRST_ORDER)).toEqual([
    '1 overduePrincipal 100',
    '2 overduePrincipal 100',
    '1 fees 5',
    '1 penalty 3',
    '2 penalty 1',
    '1 overdueInterest 1',
  ]);
});

test('what no due asks for is handed back', () => {
  expect(allocateRepayment(500n, DUES, VALUE_ON).unallocatedMinor).toBe(161n);
  expect(allocateRepayment(7n, [], VALUE_ON)).toEqual({ lines: [], unallocatedMinor: 7n });
});

test('nothing, less than nothing and negative dues are refused', () => {
  expect(() => allocateRepayment(0n, DUES, VALUE_ON)).toThrow('more than zero');
  expect(() => allocateRepayment(-1n, DUES, VALUE_ON)).toThrow('more than zero');
  expect(() => allocateRepayment(1_000n, [due(1, VALUE_ON, { interestMinor: -1n })], VALUE_ON)).toThrow('negative open amount');
});

test('no cent is lost, and no due gets more than it asks for', () => {
  const minor = fc.bigInt(0n, 50n);
  const openDue = fc.record({ feesMinor: minor, penaltyMinor: minor, interestMinor: minor, principalMinor: minor, day: fc.integer({ min: 10, max: 28 }) });
  const orders = fc.constantFrom(STANDARD_ORDER, PRINCIPAL_FIRST_ORDER);
  fc.assert(
    fc.property(fc.array(openDue, { maxLength: 6 }), fc.bigInt(1n, 1_500n), orders, (parts, amountMinor, order) => {
      const dues = parts.map(({ day, ...amounts }, index) => due(index + 1, `2026-06-${day}`, amounts));
      const { lines, unallocatedMinor } = allocateRepayment(amountMinor, dues, '2026-06-19', order);
      const spent = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
      const asked = dues.reduce((sum, one) => sum + one.feesMinor + one.penaltyMinor + one.interestMinor + one.principalMinor, 0n);
      expect(spent + unallocatedMinor).toBe(amountMinor);
      expect(spent).toBe(asked < amountMinor ? asked : amountMinor);
      expect(lines.every((line) => line.amountMinor > 0n)).toBe(true);
    }),
  );
});
