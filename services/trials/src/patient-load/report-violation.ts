import type { VerifiedInvariant } from '@millrace/lendctl/invariant';

/** Exit code of a run in which a rule did not hold. */
const VIOLATED = 1;

/** Says in one line which rules did not hold and what to run again, and sets the exit code; answers whether one did not. */
export function reportViolation(invariants: readonly VerifiedInvariant[], seed: number, again: string): boolean {
  const broken = invariants.filter(({ findings }) => findings.length > 0);
  const [first] = broken.flatMap(({ findings }) => findings);
  if (!first) return false;
  const names = broken.map(({ name }) => name).join(', ');
  process.stderr.write(`error: seed ${seed}: ${names}: ${first.service}: ${first.subject} ${first.what}; again with: ${again}\n`);
  process.exitCode = VIOLATED;
  return true;
}
