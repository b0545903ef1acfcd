import { LENDER_TYPES, type LenderType, type Policy } from './policy.js';
import { releaseFiles } from './policy-release.js';

interface Known {
  readonly byVersion: ReadonlyMap<string, Policy>;
  /** Newest first. */
  readonly byLender: ReadonlyMap<LenderType, readonly Policy[]>;
}

/** The policies of several, newest first for each licence. */
function indexOf(policies: readonly Policy[]): Known {
  const newestFirst = policies.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  return {
    byVersion: new Map(policies.map((policy) => [policy.version, policy])),
    byLender: new Map(LENDER_TYPES.map((lenderType) => [lenderType, newestFirst.filter((policy) => policy.lenderType === lenderType)])),
  };
}

let known: Known | undefined;

function policies(): Known {
  known ??= indexOf(
    releaseFiles().map(({ file, policy, problems }) => {
      if (!policy || problems.length > 0) throw new Error(`policy release ${file}: ${problems[0]}`);
      return policy;
    }),
  );
  return known;
}

function newestOf({ byLender }: Known, lenderType: LenderType, onDate: string): Policy | undefined {
  return byLender.get(lenderType)?.find(({ effectiveFrom }) => effectiveFrom <= onDate);
}

/** The one of several policies that is in force for a licence on a business date. */
export function inForce(candidates: readonly Policy[], lenderType: LenderType, onDate: string): Policy | undefined {
  return newestOf(indexOf(candidates), lenderType, onDate);
}

/**
 * What an application, a contract or a loan keeps: the policy of the version it was made under. For parameters that another moment binds ask
 * {@link policyInForce}.
 * @throws Error where the installation has no such release
 */
export function policyOf(version: string): KeptPolicy {
  const policy = policies().byVersion.get(version);
  if (!policy) throw new Error(`there is no policy release ${version}`);
  return policy;
}

/** Without what binds on a later day than that of the application, so that it cannot be read from an old release by mistake. */
export type KeptPolicy = Omit<Policy, 'exposure' | 'cost' | 'classification' | 'provision' | 'extension' | 'guarantee' | 'renewal' | 'reserve'>;

/**
 * The policy in force for a licence on a business date: of new applications, and of whatever binds on a later day than that of the application.
 * @throws Error where there is none
 */
export function policyInForce(lenderType: LenderType, onDate: string): Policy {
  const policy = newestOf(policies(), lenderType, onDate);
  if (!policy) throw new Error(`there is no policy release for ${lenderType} on ${onDate}`);
  return policy;
}

/** Licences that an installation can lend under, as there is a release of theirs. */
export function lenderTypesWithRelease(): readonly LenderType[] {
  return LENDER_TYPES.filter((lenderType) => releaseFiles().some(({ release }) => release?.lenderType === lenderType));
}

/** Why a lender of this licence could not lend on a business date by some releases; undefined where it can. */
export function lenderTypeProblem(candidates: readonly Policy[], lenderType: LenderType, onDate: string): string | undefined {
  if (inForce(candidates, lenderType, onDate)) return undefined;
  const existing = candidates.map((policy) => `${policy.lenderType} from ${policy.effectiveFrom}`).sort();
  return `MILLRACE_LENDER_TYPE is ${lenderType}, for which no policy release is in force on ${onDate}; there are: ${existing.join(', ') || 'none'}`;
}

/** As {@link lenderTypeProblem}, by the releases of the installation. */
export function checkLenderType(lenderType: LenderType, onDate: string): string | undefined {
  return lenderTypeProblem(
    releaseFiles().flatMap(({ policy }) => policy ?? []),
    lenderType,
    onDate,
  );
}
