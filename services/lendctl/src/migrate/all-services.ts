import { disbursement } from '@millrace/disbursement';
import { gateway } from '@millrace/gateway';
import { kycAntifraud } from '@millrace/kyc-antifraud';
import { loanApplication } from '@millrace/loan-application';
import { postLoanMonitoring } from '@millrace/post-loan-monitoring';
import { providerSandbox } from '@millrace/provider-sandbox';
import { scoring } from '@millrace/scoring';
import type { ServiceDefinition } from '@millrace/service';

/** Every service that has a schema of its own. */
export const ALL_SERVICES = [
  providerSandbox,
  loanApplication,
  kycAntifraud,
  scoring,
  disbursement,
  postLoanMonitoring,
  gateway,
] as unknown as readonly ServiceDefinition[];
