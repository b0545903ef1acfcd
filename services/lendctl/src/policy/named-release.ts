import { isCalendarDay } from '@millrace/contracts';
import { draftRelease, LENDER_TYPES, oldestFirst, readManifest, releaseFiles, type LenderType, type PolicyParts, type PolicyRelease } from '@millrace/policy';
import { OperatorError } from '../trouble/operator-error.js';
import { partsInPlace } from './parts-in-place.js';

/** Releases that are there, oldest first for each licence. */
export const releases = (): readonly PolicyRelease[] => oldestFirst(releaseFiles());

export function lenderTypeOf(text: string): LenderType {
  const found = LENDER_TYPES.find((lenderType) => lenderType === text);
  if (!found) throw new OperatorError(`there is no lender type ${text}; there are ${LENDER_TYPES.join(', ')}`);
  return found;
}

export function dayOf(text: string): string {
  if (!isCalendarDay(text)) throw new OperatorError(`${text} is no day; write it as 2027-01-01`);
  return text;
}

/** Version of the next release of a licence, after those that are known. */
export const nextVersion = (lenderType: LenderType, known: readonly PolicyRelease[] = releases()): string =>
  `${lenderType}.v${known.filter((release) => release.lenderType === lenderType).length}`;

/** A release by its version (`bank.v0`), or what the files of parameters say for a licence on a day (`bank@2027-01-01`), released or not. */
export function namedRelease(name: string): PolicyRelease {
  const [lenderType, day] = name.split('@') as [string, string | undefined];
  if (day !== undefined) return draftRelease(nextVersion(lenderTypeOf(lenderType)), lenderTypeOf(lenderType), dayOf(day));
  const found = releases().find(({ version }) => version === name);
  if (!found)
    throw new OperatorError(
      `there is no release ${name}; there are ${releases()
        .map(({ version }) => version)
        .join(', ')}, and <lender type>@<day>`,
    );
  return found;
}

/** Parts of a release beside its parameters: those that it names, or for a day those that are in place. */
export const namedParts = (name: string): PolicyParts => (name.includes('@') ? partsInPlace() : readManifest(name).parts);
