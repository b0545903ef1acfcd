import { paidOnTime, paperLoan, standingOn } from '../../test/paper-loans.js';
import type { LoanMovement } from './loan-case.js';
import { PaperLoan } from './paper-loan.js';

test('M-LN-04: whoever sends a principal with its rounded fee repays exactly that principal, and an effect of its own goes before that of the contract', () => {
  const change = { contract: { prepaymentFeeBps: 50 } };
  const on = '2026-05-02';
  // 30,000.33 and 0.5% of it, 150.00165, on the day of the second instalment.
  const prepaid = (effect?: 'shorter_term'): LoanMovement => ({
    id: 'p',
    kind: 'prepayment',
    valueOn: on,
    amountMinor: 2_598_569n + 3_000_033n + 15_000n,
    effect,
  });
  expect(standingOn({ ...change, movements: [...paidOnTime(1), prepaid()] }, on)).toMatchObject({ principalMinor: 25_148_351n - 3_000_033n });
  // By the contract the dates stay, and with them the debt of the last of them; a shorter term has none of it.
  const lastDue = (movement: LoanMovement): string => {
    const played = new PaperLoan(paperLoan(change));
    for (const one of [...paidOnTime(1), movement]) if (one.kind !== 'reversal') played.take(one);
    return played.dues.at(-1)!.dueOn;
  };
  expect([lastDue(prepaid()), lastDue(prepaid('shorter_term'))]).toEqual(['2027-03-02', '2027-02-02']);
});

test('G-PR-10: what is lent after the loan was paid off bears interest from then on alone, and a rate that changes then makes nothing owed', () => {
  const paidOff: LoanMovement[] = [...paidOnTime(2), { id: 's', kind: 'payoff', valueOn: '2026-05-12' }];
  const drawn: LoanMovement = { id: 't', kind: 'drawing', valueOn: '2026-05-20', amountMinor: 1_000_000n };
  // 10,000.00 at 0.6% a month for 13 of 31 days.
  expect(standingOn({ movements: [...paidOff, drawn] }, '2026-06-02')).toMatchObject({ principalMinor: 1_000_000n, interestMinor: 2_516n });
  const changed: LoanMovement = { id: 't', kind: 'rate_change', valueOn: '2026-05-20', ratePercent: '9' };
  expect(standingOn({ movements: [...paidOff, changed] }, '2026-06-02')).toMatchObject({ principalMinor: 0n, interestMinor: 0n, payoffMinor: 0n });
});
