import type { LenderParameters } from './policy-pack.js';

/** Most that one obligor may owe, fen: a share of the lender's net assets at the prior year-end (G-ML-01), and the cap of its licence (G-ML-03). */
export function obligorExposureCapMinor(lender: LenderParameters): bigint {
  const share = (BigInt(lender.priorYearNetAssetsMinor) * BigInt(lender.singleBorrowerCapBps)) / 10_000n;
  const licence = BigInt(lender.obligorCapMinor);
  return share < licence ? share : licence;
}
