import { CLAUSES, account } from '../../test/loans.js';
import { asksOtherwise } from './changed-schedule.js';
import type { LoanAccount, TermsChange } from './loan-account.js';
import { accountAfter, playAccount } from './play-account.js';

// Goal: a loan whose terms were changed and that was called in afterwards is played as one that was not, to its last fen.
const MORE = [
  '2026-06-02',
  '2026-07-02',
  '2026-08-02',
  '2026-09-02',
  '2026-10-02',
  '2026-11-02',
  '2026-12-02',
  '2027-01-02',
  '2027-02-02',
  '2027-03-02',
  '2027-04-02',
];
const EXTENSION: TermsChange = { changeId: 'c1', kind: 'extension', valueOn: '2026-05-20', dueDates: MORE, rateBps: null, months: 1 };
const CALLED = '2026-06-10';

const afterAll = (loan: LoanAccount, through: string): LoanAccount => accountAfter(loan, playAccount(loan, through));
const waived = ({ instalments }: LoanAccount): bigint => instalments.reduce((total, { waivedInterestMinor }) => total + waivedInterestMinor, 0n);

test('G-EC-06, S18: the last payment on an extended loan that was called in leaves its schedule as it is, and waives no less than before', () => {
  const extended = { ...account({ clauses: CLAUSES }), changes: [EXTENSION] };
  const called = afterAll({ ...extended, acceleratedOn: CALLED }, CALLED);
  const payoffMinor = playAccount(called, '2026-06-20').payoffOn('2026-06-20');
  const movements = [{ repaymentId: 'r1', valueOn: '2026-06-20', amountMinor: payoffMinor }];
  const paid = afterAll({ ...called, movements }, '2026-06-20');
  expect(paid).toMatchObject({ outstandingPrincipalMinor: 0n, settledOn: '2026-06-20' });
  expect(waived(called)).toBeGreaterThan(0n);
  expect([waived(paid), asksOtherwise(called, paid)]).toEqual([waived(called), false]);
});

test('G-EC-06: terms that were agreed on the day on which the loan is called in come before it, and all of it is due', () => {
  const loan = { ...account({ clauses: CLAUSES }), changes: [{ ...EXTENSION, valueOn: CALLED, dueDates: MORE.slice(1) }], acceleratedOn: CALLED };
  const played = playAccount(loan, CALLED);
  const asked = played.duesOn(CALLED).reduce((total, { principalMinor }) => total + principalMinor, 0n);
  expect(asked).toBe(30_000_000n);
});

test('F14, G-EC-06: called in on a day without business, it is late from the day after the next business day', () => {
  const loan = { ...account({ clauses: CLAUSES }), acceleratedOn: '2026-03-07' };
  const played = playAccount(loan, '2026-03-07');
  expect(['2026-03-09', '2026-03-10'].map((on) => played.daysPastDue(on))).toEqual([0, 1]);
});
