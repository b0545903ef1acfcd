import { LENDING_SERVICES } from '@millrace/service';
import type { Installation } from '../installation/installation.js';
import { ACCRUAL_INVARIANT } from './check-accrual.js';
import { ANCHOR_INVARIANT } from './check-anchors.js';
import { DECISION_INVARIANT } from './check-decisions.js';
import { HISTORY_INVARIANT } from './check-histories.js';
import { LEDGER_INVARIANTS } from './check-ledger.js';
import { ORPHAN_INVARIANT, verifyLoanFiles } from './check-loan-files.js';
import { MESSAGE_INVARIANTS } from './check-messages.js';
import { REPEAT_INVARIANT } from './check-repeats.js';
import { SEAL_INVARIANT } from './check-seals.js';
import type { Invariant, VerifiedInvariant } from './invariant.js';

const INVARIANTS: readonly Invariant[] = [
  ORPHAN_INVARIANT,
  HISTORY_INVARIANT,
  DECISION_INVARIANT,
  REPEAT_INVARIANT,
  ANCHOR_INVARIANT,
  SEAL_INVARIANT,
  ...LEDGER_INVARIANTS,
  ACCRUAL_INVARIANT,
  ...MESSAGE_INVARIANTS,
];

/**
 * Looks at every invariant over all services, as simulations and crash tests do at their end too; all databases must be known. What is in flight
 * has `graceMs` to arrive. `anchorsFile` has anchors that were kept elsewhere.
 */
export async function verifyInstallation(installation: Installation, graceMs: number, anchorsFile?: string): Promise<VerifiedInvariant[]> {
  for (const name of LENDING_SERVICES) installation.urlOf(name);
  const context = { installation, now: installation.clock.now(), graceMs, anchorsFile };
  const verified = await verifyLoanFiles(context);
  for (const { name, rule, check } of INVARIANTS) verified.push({ name, rule, findings: await check(context) });
  return verified;
}
