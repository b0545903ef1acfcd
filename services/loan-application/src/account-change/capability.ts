import { defineCapability } from '@millrace/service';
import { AccountChangeController } from './account-change.controller.js';
import { checkAddendumTemplate } from './draft-addendum.js';
import { ProposeAccount } from './propose-account.js';

/** Another account for a payout that the bank refused (T18). */
export const accountChange = defineCapability({
  name: 'account-change',
  controllers: [AccountChangeController],
  providers: [ProposeAccount],
  check: checkAddendumTemplate,
});
