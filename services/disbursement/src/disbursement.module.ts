import { checkPolicy } from '@millrace/policy';
import { defineService } from '@millrace/service';
import { bank } from './bank/capability.js';
import { DisbursementConfig } from './config.js';
import { facility } from './facility/capability.js';
import { payee } from './payee/capability.js';
import { payout } from './payout/capability.js';

/** Limits, reservations and the one payment of each loan. */
export const disbursement = defineService({
  name: 'disbursement',
  schema: 'disbursement',
  config: DisbursementConfig,
  check: checkPolicy,
  migrations: new URL('../migrations', import.meta.url),
  capabilities: [payee, bank, facility, payout],
});
