import type { LimitParameters } from '@millrace/policy';

/** Coefficient of an industry in basis points of 1 (R-MK-02), by the section letter of its GB/T 4754 code; null for a code that has none. */
export function industryCoefficientOf(
  industryCode: string,
  { industryCoefficientBps, otherIndustryCoefficientBps }: Pick<LimitParameters, 'industryCoefficientBps' | 'otherIndustryCoefficientBps'>,
): number | null {
  const section = /^[A-T](?=\d|$)/.exec(industryCode)?.[0];
  if (section === undefined) return null;
  return industryCoefficientBps[section] ?? otherIndustryCoefficientBps;
}
