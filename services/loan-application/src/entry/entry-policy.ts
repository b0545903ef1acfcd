import type { EntryParameters, FirmFigures } from '@millrace/policy';
import type { CodeFor } from '@millrace/reasons';

/** What the entry table is asked about; every figure is compared here, with the policy's, so that the table holds only what follows. */
export interface EntryFacts {
  readonly firmSize: 'micro' | 'small' | 'larger' | 'unknown';
  readonly applicantAge: 'of_age' | 'under_age' | 'unknown';
  readonly industryBarred: boolean;
  readonly regionServed: boolean;
  readonly purposeBarred: boolean;
}

/** What a firing row says. */
export interface EntryHit {
  readonly code: CodeFor<'entry'>;
}

/** What an application itself says of who applies for what. */
export interface EntryInput {
  readonly uscc: string;
  readonly industryCode: string;
  readonly purpose: string;
  /** As of the submission, as kyc-antifraud has it from the resident id; undefined where it was not told. */
  readonly applicantAge: number | undefined;
  readonly declared: FirmFigures;
}

/** First division of each section of GB/T 4754-2017; a section ends where the next one begins. */
const FIRST_DIVISIONS: readonly (readonly [firstDivision: number, section: string])[] = [
  [1, 'A'],
  [6, 'B'],
  [13, 'C'],
  [44, 'D'],
  [47, 'E'],
  [51, 'F'],
  [53, 'G'],
  [61, 'H'],
  [63, 'I'],
  [66, 'J'],
  [70, 'K'],
  [71, 'L'],
  [73, 'M'],
  [76, 'N'],
  [80, 'O'],
  [83, 'P'],
  [84, 'Q'],
  [86, 'R'],
  [91, 'S'],
  [97, 'T'],
];

/** Section and division of an industry code, as far as it says them; the section follows from the division. */
export function industriesOf(industryCode: string): string[] {
  const [, letter = '', digits = ''] = /^([A-Z]?)(\d*)$/.exec(industryCode) ?? [];
  const division = digits.slice(0, 2);
  if (division.length < 2) return letter ? [letter] : [];
  const section = letter || (FIRST_DIVISIONS.findLast(([first]) => first <= Number(division))?.[1] ?? '');
  return [`${section}${division}`, section];
}

/** Whether every named figure is reached; undefined where one that decides was not declared. */
function reaches(declared: FirmFigures, from: FirmFigures): boolean | undefined {
  const answers = (Object.keys(from) as (keyof FirmFigures)[]).map((name) =>
    declared[name] === undefined ? undefined : BigInt(declared[name]) >= BigInt(from[name]!),
  );
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** Micro, small or larger by what is declared (G-SZ-01); a firm is larger only where every figure of its industry says so. */
export function firmSizeOf(industryCode: string, declared: FirmFigures, { firmSizes }: Pick<EntryParameters, 'firmSizes'>): EntryFacts['firmSize'] {
  const row = industriesOf(industryCode)
    .map((code) => firmSizes.find(({ industries }) => industries.includes(code)))
    .find((found) => found !== undefined);
  if (!row) return 'unknown';
  const larger = reaches(declared, row.largerFrom);
  if (larger !== false) return larger ? 'larger' : 'unknown';
  return reaches(declared, row.smallFrom) === false ? 'micro' : 'small';
}

/** Administrative division in which a firm is registered, which its unified code names (GB 32100). */
const regionOf = (uscc: string): string => uscc.slice(2, 8);

function ageOf(age: number | undefined, least: number): EntryFacts['applicantAge'] {
  if (age === undefined) return 'unknown';
  return age < least ? 'under_age' : 'of_age';
}

/** Makes of an application what the entry table asks. */
export function entryFacts({ uscc, industryCode, purpose, applicantAge, declared }: EntryInput, entry: EntryParameters): EntryFacts {
  const { barredIndustries, servedRegions, barredPurposes } = entry;
  return {
    firmSize: firmSizeOf(industryCode, declared, entry),
    applicantAge: ageOf(applicantAge, entry.minApplicantAgeYears),
    industryBarred: industriesOf(industryCode).some((code) => barredIndustries.includes(code)),
    regionServed: servedRegions.length === 0 || servedRegions.some((region) => regionOf(uscc).startsWith(region)),
    purposeBarred: barredPurposes.includes(purpose),
  };
}
