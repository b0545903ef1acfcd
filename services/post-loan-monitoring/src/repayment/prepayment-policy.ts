import type { PrepaymentEffect } from '@millrace/contracts';
import { Problem } from '@millrace/service';
import type { LoanAccount } from '../loan/loan-account.js';

type PrepaidLoan = Pick<LoanAccount, 'clauses' | 'settledOn' | 'acceleratedOn' | 'writtenOffOn'>;

/**
 * What a prepayment leaves as it was: what the contract says (M-LN-08), or what the borrower names where the contract lets it choose.
 * @throws Problem `PREPAYMENT_NOT_AGREED`, `PREPAYMENT_NOT_OPEN`, `PREPAYMENT_EFFECT_NOT_AGREED`
 */
export function agreedEffect({ clauses, settledOn, acceleratedOn, writtenOffOn }: PrepaidLoan, wanted: PrepaymentEffect | undefined): PrepaymentEffect {
  if (!clauses) throw notAgreed();
  if (settledOn !== null || acceleratedOn !== null || writtenOffOn !== null) throw notOpen();
  const { prepaymentEffect, prepaymentChoice = false } = clauses;
  if (wanted === undefined || wanted === prepaymentEffect) return prepaymentEffect;
  if (!prepaymentChoice) throw effectNotAgreed(prepaymentEffect);
  return wanted;
}

function notAgreed(): Problem {
  return new Problem({
    status: 409,
    code: 'PREPAYMENT_NOT_AGREED',
    title: 'The contract says nothing of repaying a part before it is due.',
    detail: 'Money beyond what is due is held and pays what falls due next; with the whole amount of `payoff` the loan ends at once.',
  });
}

function notOpen(): Problem {
  return new Problem({
    status: 409,
    code: 'PREPAYMENT_NOT_OPEN',
    title: 'Nothing of the loan can be repaid early any more.',
    detail: 'It is settled, or all of it is due already. What still comes in is announced as a repayment.',
  });
}

function effectNotAgreed(effect: PrepaymentEffect): Problem {
  return new Problem({
    status: 422,
    code: 'PREPAYMENT_EFFECT_NOT_AGREED',
    title: 'The contract lets a prepayment change nothing else than it says.',
    detail: `Leave the effect out, or send ${effect}.`,
    errors: [{ field: 'effect', message: `the contract says ${effect}` }],
  });
}
