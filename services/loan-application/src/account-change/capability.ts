import { defineCapability } from '@millrace/service';
import { AccountChangeController } from './account-change.controller.js';
import { ProposeAccount } from './propose-account.js';

/** Another account for a payout that the bank refused (T18). */
export const accountChange = defineCapability({
  name: 'account-change',
  face: ['draft-addendum'],
  controllers: [AccountChangeController],
  providers: [ProposeAccount],
});
