import type { GuarantorParty } from '@millrace/contracts';
import type { CodeFor } from '@millrace/reasons';

/** What the checks of one guarantor say, without a name: stored with the decision that it was read for, so that this can be made again. Null means that no source says it. */
export interface GuarantorSignals {
  readonly guarantorId: string;
  readonly party: GuarantorParty;
  /** A person is who it says it is, by the same tables as the applicant; null of a firm. */
  readonly identityProven: boolean | null;
  /** A firm is in business under the name that the application gives it; null of a person. */
  readonly inBusiness: boolean | null;
  /** On the courts' list of dishonest debtors, by identifier, exact name or alias. */
  readonly dishonestDebtor: boolean | null;
  readonly overdueNow: boolean | null;
  /** Sources that were to be asked and have not answered. */
  readonly missingSources: number;
}

/** A guarantor of whom something was found: each has a person look, as the loan may do without it, or with another one. */
export interface GuarantorHit {
  readonly code: CodeFor<'finding'>;
  readonly severity: 'amber';
  /** Which guarantor it is. */
  readonly observed: string;
}

/** What may be found of a guarantor: its reason, and where it is found. */
export const GUARANTOR_FINDINGS: readonly (readonly [CodeFor<'finding'>, (signals: GuarantorSignals) => boolean])[] = [
  ['GUARANTOR_NOT_PROVEN', ({ identityProven }) => identityProven === false],
  ['GUARANTOR_NOT_REGISTERED', ({ inBusiness }) => inBusiness === false],
  ['GUARANTOR_DISHONEST_DEBTOR', ({ dishonestDebtor }) => dishonestDebtor === true],
  ['GUARANTOR_OVERDUE', ({ overdueNow }) => overdueNow === true],
  ['GUARANTOR_UNCHECKED', ({ missingSources }) => missingSources > 0],
];

/** What is found of the guarantors of an application (R-CR-19). A source that stayed away is never read as good (R-CR-02). */
export function guarantorFindings(guarantors: readonly GuarantorSignals[]): GuarantorHit[] {
  return guarantors.flatMap((signals) =>
    GUARANTOR_FINDINGS.filter(([, holds]) => holds(signals)).map(([code]): GuarantorHit => ({ code, severity: 'amber', observed: signals.guarantorId })),
  );
}
