import { LoanRenewed, RenewalAssessed, RenewalOffered, RenewalRefused, RenewalRequested, RenewalSettlementRequested } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { OnRenewalRequested } from './on-renewal-requested.js';
import { OnRenewalSettlementRequested } from './on-renewal-settlement-requested.js';

/** A loan is repaid with a new one before it matures, in the books alone (无还本续贷). */
export const renewal = defineCapability({
  name: 'renewal',
  face: ['offer-renewals'],
  consumes: [consume(RenewalRequested, OnRenewalRequested), consume(RenewalSettlementRequested, OnRenewalSettlementRequested)],
  produces: [RenewalOffered, RenewalAssessed, RenewalRefused, LoanRenewed],
});
