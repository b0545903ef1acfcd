import { LoanRepriced } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';

/** Rates that float: on its repricing day a loan gets the loan prime rate of then with the spread of its contract. */
export const repricing = defineCapability({
  name: 'repricing',
  face: ['reprice-due'],
  produces: [LoanRepriced],
});
