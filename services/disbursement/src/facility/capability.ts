import { LoanClosed, LoanClosureReversed } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { OnLoanClosed } from './on-loan-closed.js';
import { OnLoanClosureReversed } from './on-loan-closure-reversed.js';

/** What of an obligor's limit is reserved for a loan, until the money is out or the loan is closed. */
export const facility = defineCapability({
  name: 'facility',
  face: ['end-reservation', 'obligor-name'],
  consumes: [consume(LoanClosed, OnLoanClosed), consume(LoanClosureReversed, OnLoanClosureReversed)],
});
