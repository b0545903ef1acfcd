import { setTimeout as delay } from 'node:timers/promises';
import type { Finding, Invariant, VerifiedInvariant, VerifyContext } from './invariant.js';
import { accountFaults, amountFaults, paymentFaults, waitingFaults, type LoanFile, type Moment } from './loan-file-policy.js';
import { readLoanFiles, readOrphans } from './read-loan-files.js';

/** Longer than an event takes from one service to the next. */
const SECOND_LOOK_MS = 500;

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

/** Faults of some or all applications by rule and application. */
async function lookAt(context: VerifyContext, only?: readonly string[]): Promise<Map<string, Finding[]>> {
  const findings = new Map<string, Finding[]>(FILE_RULES.map(({ name }) => [name, []]));
  for await (const file of readLoanFiles(context.installation, only)) {
    for (const { name, faults } of FILE_RULES) {
      const found = faults(file, context).map((what) => ({ service: 'loan-application' as const, subject: file.application.applicationId, what }));
      findings.get(name)!.push(...found);
    }
  }
  return findings;
}

/**
 * Holds the books of hub, disbursement and monitoring against each other, all rules in one walk. What looks wrong is looked at a second time, and
 * counts where it is still the same: the books of a running installation cannot be read at one moment.
 */
export async function verifyLoanFiles(context: VerifyContext): Promise<VerifiedInvariant[]> {
  const first = await lookAt(context);
  const suspects = new Set([...first.values()].flat().map(({ subject }) => subject));
  if (suspects.size > 0) await delay(SECOND_LOOK_MS);
  const second = suspects.size === 0 ? first : await lookAt(context, [...suspects]);
  return FILE_RULES.map(({ name, rule }) => {
    const known = new Set(first.get(name)!.map(({ subject, what }) => `${subject} ${what}`));
    return { name, rule, findings: second.get(name)!.filter(({ subject, what }) => known.has(`${subject} ${what}`)) };
  });
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
