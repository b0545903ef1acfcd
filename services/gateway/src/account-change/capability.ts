import { PROPOSE_ACCOUNT } from '@millrace/contracts/api';
import { defineCapability } from '@millrace/service';
import { serveRoute } from '../described/serve-route.js';
import { ProposeAccount } from './propose-account.js';

/** Another account for a payout, parted likewise. */
export const accountChange = defineCapability({
  name: 'account-change',
  controllers: [serveRoute(PROPOSE_ACCOUNT, ProposeAccount)],
  providers: [ProposeAccount],
});
