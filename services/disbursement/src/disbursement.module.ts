import { checkPolicy } from '@millrace/policy';
import { defineService } from '@millrace/service';
import { bank } from './bank/capability.js';
import { DisbursementConfig } from './config.js';
import { directDebit } from './direct-debit/capability.js';
import { facility } from './facility/capability.js';
import { payee } from './payee/capability.js';
import { payout } from './payout/capability.js';
import { refund } from './refund/capability.js';
import { statement } from './statement/capability.js';

/** Limits, reservations, the one payment of each loan, and what the bank's statement shows of it and of what comes back. */
export const disbursement = defineService({
  name: 'disbursement',
  schema: 'disbursement',
  config: DisbursementConfig,
  check: checkPolicy,
  migrations: new URL('../migrations', import.meta.url),
  capabilities: [payee, bank, facility, payout, statement, directDebit, refund],
});
