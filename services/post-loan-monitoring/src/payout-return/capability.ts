import { LoanReturned, RepaymentReversed } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { OnLoanReturned } from './on-loan-returned.js';

/** A payout that the bank sends back: the loan is void, and its books are undone. */
export const payoutReturn = defineCapability({
  name: 'payout-return',
  consumes: [consume(LoanReturned, OnLoanReturned)],
  produces: [RepaymentReversed],
});
