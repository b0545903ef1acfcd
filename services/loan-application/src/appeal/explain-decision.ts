import type { FirmFacts, Reason } from '@millrace/contracts';
import { applicantReasons, codesFor, isBureauCode, type CodeFor } from '@millrace/reasons';

/** What an applicant is told of a decision, as codes with the words of this version (PIPL 24). */
export interface Explanation {
  readonly counted: readonly Reason[];
  readonly reasons: readonly Reason[];
  readonly wouldChange: readonly Reason[];
}

type Told = CodeFor<'explanation'>;

const COUNTED: Readonly<Record<string, Told>> = {
  identity: 'COUNTED_IDENTITY',
  registry: 'COUNTED_REGISTER',
  tax: 'COUNTED_TAX',
  invoices: 'COUNTED_INVOICES',
  enterprise_bureau: 'COUNTED_CREDIT',
  personal_bureau: 'COUNTED_CREDIT',
  courts: 'COUNTED_COURTS',
  watchlist: 'COUNTED_COURTS',
};

/** What would change a decision, by what its reason is about; the first that fits. */
const CHANGED: readonly (readonly [about: RegExp, by: Told])[] = [
  [/^(BUSINESS_YOUNG|HISTORY_SHORT)$/, 'CHANGED_BY_TIME'],
  [/^(REVENUE|TAX_REVENUE|COMPANY_NAME)/, 'CHANGED_BY_DECLARATION'],
  [/^(SALES|MARGIN|VOID|RED_LETTERS|RELATED)/, 'CHANGED_BY_SALES'],
  [/^TAX_/, 'CHANGED_BY_TAX'],
  [/^(ABNORMAL|SERIOUS|REGISTRY|DISHONEST|ENFORCEMENT)/, 'CHANGED_BY_REGISTER'],
];

function changeOf(code: string): Told {
  const about = CHANGED.find(([pattern]) => pattern.test(code))?.[1];
  if (about) return about;
  return isBureauCode(code) || code === 'CREDIT_INFORMATION' ? 'CHANGED_BY_CREDIT' : 'CHANGED_BY_DATA';
}

const told = (codes: readonly Told[]): Reason[] => {
  const known = codesFor('explanation');
  return applicantReasons(
    [...new Set(codes)].filter((code) => known.includes(code)),
    'refusal',
  );
};

/** Explains a decision by the codes of its reasons and the sources of its facts; what may not be told is told under its neutral code. */
export function explain(reasonCodes: readonly string[], facts: Pick<FirmFacts, 'provenance'> | null): Explanation {
  const reasons = applicantReasons(reasonCodes, 'refusal');
  const sources = (facts?.provenance ?? []).map(({ source }) => COUNTED[source]).filter((code) => code !== undefined);
  return { counted: told(['COUNTED_DECLARED', ...sources]), reasons, wouldChange: told(reasons.map(({ code }) => changeOf(code))) };
}
