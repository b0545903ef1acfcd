import { AccrualPosted, ProvisionComputed } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';

/** What each day earns and what is set aside for losses, as sums of a tenant's book that are posted once. */
export const accrual = defineCapability({
  name: 'accrual',
  face: ['accrue-share', 'book-id', 'plan-accrual', 'post-day', 'verify-accrual'],
  produces: [AccrualPosted, ProvisionComputed],
});
