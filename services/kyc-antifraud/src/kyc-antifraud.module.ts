import { defineService, passFileBodies } from '@millrace/service';
import { applicant } from './applicant/capability.js';
import { checkContent } from './check-content.js';
import { KycAntifraudConfig } from './config.js';
import { evidence } from './evidence/capability.js';
import { guarantorCheck } from './guarantor-check/capability.js';
import { guarantor } from './guarantor/capability.js';
import { recheck } from './recheck/capability.js';
import { sources } from './sources/capability.js';
import { verification } from './verification/capability.js';

/** Identity, registry, lists, tax and invoices: is the firm what it says, and who is behind it? */
export const kycAntifraud = defineService({
  name: 'kyc-antifraud',
  schema: 'kyc_antifraud',
  config: KycAntifraudConfig,
  check: checkContent,
  configure: (app) => passFileBodies(app, ['application/octet-stream']),
  migrations: new URL('../migrations', import.meta.url),
  capabilities: [applicant, evidence, guarantor, sources, guarantorCheck, verification, recheck],
});
