import { mask } from '@millrace/service';

/** The person in the clear; lives only as long as the job that asks the providers. */
export interface Applicant {
  readonly name: string;
  readonly idNumber: string;
  readonly mobile: string;
  readonly deviceFingerprint: string | null;
  readonly formFillSeconds: number | null;
}

/** The person as staff may see it (R-IT-05). */
export interface MaskedApplicant {
  readonly name: string;
  readonly idNumber: string;
  readonly mobile: string;
}

export function maskApplicant(applicant: Applicant): MaskedApplicant {
  return { name: mask(applicant.name, 1, 0), idNumber: mask(applicant.idNumber, 4, 4), mobile: mask(applicant.mobile, 3, 4) };
}

/** Full years of age on a business date (YYYY-MM-DD), from the birth date inside a resident id; null where that is no date. */
export function ageOn(idNumber: string, businessDate: string): number | null {
  const born = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`;
  const parsed = new Date(`${born}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== born) return null;
  const years = Number(businessDate.slice(0, 4)) - Number(born.slice(0, 4));
  return businessDate.slice(5) < born.slice(5) ? years - 1 : years;
}
