import { LENDER_TYPES, type LenderType, type PolicyPack } from './policy-pack.js';
import { packFiles } from './read-packs.js';

function loadedPacks(): readonly PolicyPack[] {
  return packFiles().map(({ file, pack, problems }) => {
    if (!pack || problems.length > 0) throw new Error(`policy pack ${file}: ${problems[0]}`);
    return pack;
  });
}

/** The one of several packs that is in force for a licence on a business date. */
export function packInForce(packs: readonly PolicyPack[], lenderType: LenderType, onDate: string): PolicyPack | undefined {
  return packs.filter((pack) => pack.lenderType === lenderType && pack.effectiveFrom <= onDate).sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0];
}

/** Pack in force for a licence on a business date; throws where there is none. */
export function loadPolicyPack(lenderType: LenderType, onDate: string): PolicyPack {
  const pack = packInForce(loadedPacks(), lenderType, onDate);
  if (!pack) throw new Error(`there is no policy pack for ${lenderType} on ${onDate}`);
  return pack;
}

/** Pack by its version: what a contract was signed under stays readable for good. */
export function policyPackByVersion(version: string): PolicyPack {
  const pack = loadedPacks().find((candidate) => candidate.version === version);
  if (!pack) throw new Error(`there is no policy pack of version ${version}`);
  return pack;
}

/** Licences that an installation can lend under, as there is a pack of theirs. */
export function lenderTypesWithPack(): readonly LenderType[] {
  return LENDER_TYPES.filter((lenderType) => packFiles().some(({ pack }) => pack?.lenderType === lenderType));
}

/** What is wrong with the packs, a line each, for the start of every service that reads them. */
export function checkPolicyPacks(): string[] {
  return packFiles().flatMap(({ file, problems }) => problems.map((problem) => `policy pack ${file}: ${problem}`));
}

/** Why a lender of this licence could not lend on a business date; undefined where it can. */
export function checkLenderType(lenderType: LenderType, onDate: string): string | undefined {
  const packs = packFiles().flatMap(({ pack }) => pack ?? []);
  if (packInForce(packs, lenderType, onDate)) return undefined;
  const existing = packs.map((pack) => `${pack.lenderType} from ${pack.effectiveFrom}`).sort();
  return `MILLRACE_LENDER_TYPE is ${lenderType}, for which no policy pack is in force on ${onDate}; there are: ${existing.join(', ') || 'none'}`;
}
