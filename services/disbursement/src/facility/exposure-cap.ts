import type { LenderParameters } from '@millrace/policy';

/** Most that one obligor may owe: a share of the lender's net assets at the prior year-end (G-ML-01), and the cap of its licence (G-ML-03). */
export function exposureCapMinor(lender: Pick<LenderParameters, 'priorYearNetAssetsMinor' | 'singleBorrowerCapBps' | 'obligorCapMinor'>): bigint {
  const share = (BigInt(lender.priorYearNetAssetsMinor) * BigInt(lender.singleBorrowerCapBps)) / 10_000n;
  const licence = BigInt(lender.obligorCapMinor);
  return share < licence ? share : licence;
}
