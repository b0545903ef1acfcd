import { FacilityFrozen, FacilityUnfrozen, LoanClosed, LoanClosureReversed, RenewalSettled } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { OnFacilityFrozen } from './on-facility-frozen.js';
import { OnFacilityUnfrozen } from './on-facility-unfrozen.js';
import { OnLoanClosed } from './on-loan-closed.js';
import { OnLoanClosureReversed } from './on-loan-closure-reversed.js';
import { OnRenewalSettled } from './on-renewal-settled.js';

/** What of an obligor's limit is reserved for a loan, until the money is out or the loan is closed. */
export const facility = defineCapability({
  name: 'facility',
  face: ['end-reservation', 'obligor-name'],
  consumes: [
    consume(LoanClosed, OnLoanClosed),
    consume(LoanClosureReversed, OnLoanClosureReversed),
    consume(RenewalSettled, OnRenewalSettled),
    consume(FacilityFrozen, OnFacilityFrozen),
    consume(FacilityUnfrozen, OnFacilityUnfrozen),
  ],
});
