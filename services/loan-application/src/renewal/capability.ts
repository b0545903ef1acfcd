import { LoanRenewed, RenewalAssessed, RenewalRefused } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { OnLoanRenewed } from './on-loan-renewed.js';
import { OnRenewalAssessed } from './on-renewal-assessed.js';
import { OnRenewalRefused } from './on-renewal-refused.js';

/** What the books say of the renewal of a loan: whether it may be renewed, and whether it was. */
export const renewal = defineCapability({
  name: 'renewal',
  consumes: [consume(RenewalAssessed, OnRenewalAssessed), consume(LoanRenewed, OnLoanRenewed), consume(RenewalRefused, OnRenewalRefused)],
});
