import { policyInForce } from './find-policy.js';
import { lenderFactMinor } from './lender-facts.js';
import type { ExposureParameters, LenderType } from './policy.js';

/** Most that one obligor may owe, fen: a share of what the licence takes as its base (G-ML-01, G-WC-12), and the cap of the licence (G-ML-03). */
export function exposureCapMinor({ singleBorrowerCapBps, obligorCapMinor }: ExposureParameters, baseMinor: bigint): bigint {
  const share = (baseMinor * BigInt(singleBorrowerCapBps)) / 10_000n;
  const licence = BigInt(obligorCapMinor);
  return share < licence ? share : licence;
}

/**
 * Most that one obligor may owe a tenant's lender on a business date, fen. One rule for everybody who asks: the release and the lender's figures of the
 * day on which the asker acts, whatever the application was made under. Scoring proposes under the cap of its day, and the reservation of the payment
 * is held against that of the payment's day, which binds.
 */
export function obligorExposureCapMinor(lenderType: LenderType, tenantId: string, onDate: string): bigint {
  const { exposure } = policyInForce(lenderType, onDate);
  return exposureCapMinor(exposure, lenderFactMinor(tenantId, exposure.base, onDate));
}
