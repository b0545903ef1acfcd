import type { Finding, Invariant, VerifiedInvariant, VerifyContext } from './invariant.js';
import { accountFaults, amountFaults, paymentFaults, waitingFaults, type LoanFile, type Moment } from './loan-file-policy.js';
import { readLoanFiles, readOrphans } from './read-loan-files.js';

interface FileRule {
  readonly name: string;
  readonly rule: string;
  readonly faults: (file: LoanFile, moment: Moment) => string[];
}

const FILE_RULES: readonly FileRule[] = [
  { name: 'application-waits', rule: 'Every application is at an end, or waits for a named party within its deadline.', faults: waitingFaults },
  { name: 'paid-as-approved', rule: 'What was paid is what was approved and offered, and what is owed is what was paid.', faults: amountFaults },
  { name: 'one-payment', rule: 'A loan is paid exactly once, and only for an application that may be paid.', faults: paymentFaults },
  { name: 'loan-account', rule: 'Every loan that lives has its account, and no other application has one.', faults: accountFaults },
];

/** Holds the books of hub, disbursement and monitoring against each other, all rules in one walk. */
export async function verifyLoanFiles(context: VerifyContext): Promise<VerifiedInvariant[]> {
  const findings = new Map<string, Finding[]>(FILE_RULES.map(({ name }) => [name, []]));
  for await (const file of readLoanFiles(context.installation)) {
    for (const { name, faults } of FILE_RULES) {
      const found = faults(file, context).map((what) => ({ service: 'loan-application' as const, subject: file.application.applicationId, what }));
      findings.get(name)!.push(...found);
    }
  }
  return FILE_RULES.map(({ name, rule }) => ({ name, rule, findings: findings.get(name)! }));
}

/** The other way round: what the spokes keep, for whom do they keep it? */
export const ORPHAN_INVARIANT: Invariant = {
  name: 'known-applications',
  rule: 'Nothing is paid and no account is kept for an application that the hub does not know.',
  check: async ({ installation }) => {
    const findings: Finding[] = [];
    for await (const { id, applicationId } of readOrphans(installation, 'disbursement', { name: 'payout', id: 'payout_id' })) {
      findings.push({ service: 'disbursement', subject: id, what: `is a payout of application ${applicationId}, which the hub does not know` });
    }
    for await (const { id, applicationId } of readOrphans(installation, 'post-loan-monitoring', { name: 'loan', id: 'loan_id' })) {
      findings.push({ service: 'post-loan-monitoring', subject: id, what: `is the account of application ${applicationId}, which the hub does not know` });
    }
    return findings;
  },
};
