import { defineService } from '@millrace/service';
import { acceleration } from './acceleration/capability.js';
import { accrual } from './accrual/capability.js';
import { activation } from './activation/capability.js';
import { bankLine } from './bank-line/capability.js';
import { checkContent } from './check-content.js';
import { PostLoanMonitoringConfig } from './config.js';
import { claimTransfer } from './claim-transfer/capability.js';
import { classification } from './classification/capability.js';
import { classFact } from './class-fact/capability.js';
import { close } from './close/capability.js';
import { collection } from './collection/capability.js';
import { collectionCase } from './collection-case/capability.js';
import { committee } from './committee/capability.js';
import { directDebit } from './direct-debit/capability.js';
import { court } from './court/capability.js';
import { creditReport } from './credit-report/capability.js';
import { creditDispute } from './credit-dispute/capability.js';
import { dispatch } from './dispatch/capability.js';
import { extension } from './extension/capability.js';
import { guarantee } from './guarantee/capability.js';
import { guaranteeLife } from './guarantee-life/capability.js';
import { journal } from './journal/capability.js';
import { ledger } from './ledger/capability.js';
import { legalCase } from './legal-case/capability.js';
import { letter } from './letter/capability.js';
import { loan } from './loan/capability.js';
import { loanFile } from './loan-file/capability.js';
import { loanChange } from './loan-change/capability.js';
import { notice } from './notice/capability.js';
import { payoutReturn } from './payout-return/capability.js';
import { portfolioReport } from './portfolio-report/capability.js';
import { loanStep } from './loan-step/capability.js';
import { projection } from './projection/capability.js';
import { provision } from './provision/capability.js';
import { renewal } from './renewal/capability.js';
import { repayment } from './repayment/capability.js';
import { repricing } from './repricing/capability.js';
import { reserve } from './reserve/capability.js';
import { restructuring } from './restructuring/capability.js';
import { reversal } from './reversal/capability.js';
import { standing } from './standing/capability.js';
import { writeOff } from './write-off/capability.js';

/** Loan accounts, schedules, repayments and the ledger: what became of the money after it was paid out? */
export const postLoanMonitoring = defineService({
  name: 'post-loan-monitoring',
  schema: 'post_loan_monitoring',
  config: PostLoanMonitoringConfig,
  check: checkContent,
  migrations: new URL('../migrations', import.meta.url),
  capabilities: [
    ...[
      ledger,
      classification,
      projection,
      provision,
      loan,
      letter,
      collectionCase,
      guaranteeLife,
      standing,
      accrual,
      journal,
      repayment,
      bankLine,
      reversal,
      payoutReturn,
      loanChange,
      loanStep,
      classFact,
      guarantee,
      activation,
      extension,
      restructuring,
      repricing,
      dispatch,
      notice,
      renewal,
      creditReport,
      creditDispute,
      portfolioReport,
      reserve,
      loanFile,
      close,
    ],
    ...[acceleration, legalCase, court, writeOff, claimTransfer, committee, collection, directDebit],
  ],
});
