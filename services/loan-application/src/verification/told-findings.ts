import { type Finding, type Reason } from '@millrace/contracts';
import { applicantReasons } from '@millrace/reasons';

/** Reasons of a refusal: what stopped the application, as far as it may be told; a firm that no register knows is told so first (T04). */
export function refusalReasons(findings: readonly Finding[]): Reason[] {
  const unknownFirm = findings.filter(({ code }) => code === 'REGISTRY_NOT_FOUND');
  const stopping = findings.filter(({ severity }) => severity === 'red');
  return applicantReasons(
    [...unknownFirm, ...stopping].map(({ code }) => code),
    'refusal',
  );
}

/** Reasons of a referral to a person, in the same words for the timeline of the applicant. */
export function referralReasons(findings: readonly Finding[]): Reason[] {
  return applicantReasons(
    findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code),
    'review',
  );
}
