import { defineService } from '@millrace/service';
import { accountChange } from './account-change/capability.js';
import { api } from './api/capability.js';
import { appeal } from './appeal/capability.js';
import { application } from './application/capability.js';
import { approval } from './approval/capability.js';
import { committee } from './committee/capability.js';
import { checkContent, checkProductRows } from './check-content.js';
import { LoanApplicationConfig } from './config.js';
import { contract } from './contract/capability.js';
import { directDebit } from './direct-debit/capability.js';
import { duty } from './duty/capability.js';
import { drawdown } from './drawdown/capability.js';
import { draft } from './draft/capability.js';
import { entry } from './entry/capability.js';
import { esign } from './esign/capability.js';
import { facility } from './facility/capability.js';
import { evidence } from './evidence/capability.js';
import { guarantor } from './guarantor/capability.js';
import { incomingMoney } from './incoming-money/capability.js';
import { offer } from './offer/capability.js';
import { process } from './process/capability.js';
import { product } from './product/capability.js';
import { refund } from './refund/capability.js';
import { renewal } from './renewal/capability.js';
import { request } from './request/capability.js';
import { review } from './review/capability.js';
import { reviewTask } from './review-task/capability.js';
import { supplement } from './supplement/capability.js';
import { sample } from './sample/capability.js';
import { text } from './text/capability.js';
import { visit } from './visit/capability.js';
import { verification } from './verification/capability.js';

/** The hub: owns the life of an application, from submission to the signed contract, and of its drawdown. */
export const loanApplication = defineService({
  name: 'loan-application',
  schema: 'loan_application',
  config: LoanApplicationConfig,
  check: checkContent,
  checkRows: checkProductRows,
  migrations: new URL('../migrations', import.meta.url),
  capabilities: [
    request,
    process,
    product,
    reviewTask,
    text,
    esign,
    guarantor,
    entry,
    draft,
    application,
    facility,
    evidence,
    duty,
    drawdown,
    renewal,
    incomingMoney,
    directDebit,
    refund,
    offer,
    supplement,
    appeal,
    verification,
    sample,
    approval,
    contract,
    accountChange,
    visit,
    committee,
    review,
    api,
  ],
});
