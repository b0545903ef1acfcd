import type { Reason } from '@millrace/contracts';
import { reasonOf, type CodeFor } from '@millrace/reasons';
import type { KeptPolicy } from '@millrace/policy';
import type { Limit } from '../limit/limit.js';

/** Reasons of a score, what lost most points first, then what bound the limit; each code once (R-UW-04). */
export function reasonsOf(lostPointCodes: readonly CodeFor<'score'>[], riskIndex: number, limit: Limit, { approval }: Pick<KeptPolicy, 'approval'>): Reason[] {
  const codes: CodeFor<'score' | 'limit'>[] = [...lostPointCodes];
  if (riskIndex < approval.rejectRiskIndexBelow) codes.push('RISK_INDEX_LOW');
  if (limit.reasonCode) codes.push(limit.reasonCode);
  // A cap of 0 for want of its fact says nothing of the firm, so the want is named too.
  if (limit.reasonCode && limit.missing.includes(limit.lowestCap)) codes.push('INPUT_NOT_AVAILABLE');
  if (limit.capLimitMinor === 0n && limit.lowestCap !== 'grade') codes.push('LIMIT_BELOW_LEAST');
  return [...new Set(codes)].map(reasonOf);
}
