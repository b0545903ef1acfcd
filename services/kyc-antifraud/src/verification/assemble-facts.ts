import type { FirmFacts } from '@millrace/contracts';
import type { Replies, TaxReply } from '../sources/replies.js';
import { provenanceOf, type SourceReply } from '../sources/source-reply.js';
import { workingCapitalNeedMinor } from './working-capital-need.js';

/** Industry of a firm that no register has told us about. */
const UNKNOWN_INDUSTRY = 'UNKNOWN';

/** Whole months from one date (YYYY-MM-DD) to another; never negative. */
export function monthsBetween(from: string, to: string): number {
  const [fromYear, fromMonth] = from.split('-').map(Number);
  const [toYear, toMonth] = to.split('-').map(Number);
  const months = (toYear! - fromYear!) * 12 + (toMonth! - fromMonth!) - (to.slice(8, 10) < from.slice(8, 10) ? 1 : 0);
  return Math.max(0, months);
}

function workingCapitalNeed(tax: TaxReply | undefined): string | null {
  const statement = tax?.statement;
  if (!statement) return null;
  const { revenueMinor, ownFundsMinor, existingLoansMinor, otherChannelsMinor, ...rates } = statement;
  const money = {
    revenueMinor: BigInt(revenueMinor),
    ownFundsMinor: BigInt(ownFundsMinor),
    existingLoansMinor: BigInt(existingLoansMinor),
    otherChannelsMinor: BigInt(otherChannelsMinor),
  };
  return workingCapitalNeedMinor({ ...rates, ...money }).toString();
}

/** True where the bureau has a record and no overdue in it; null where there is no record, or no answer (never "good": R-CR-02). */
function clean(bureau: { recordFound: boolean; overdueNow?: boolean | null } | undefined): boolean | null {
  if (!bureau?.recordFound || bureau.overdueNow === null || bureau.overdueNow === undefined) return null;
  return !bureau.overdueNow;
}

/**
 * The snapshot that scoring works on. Where a source stayed away its fields are null; the two fields that cannot be null take
 * the worst value (no months in business, unknown industry).
 */
export function assembleFacts(declaredRevenueMinor: bigint, replies: Replies, sources: Iterable<SourceReply>, today: string): FirmFacts {
  const { registry, tax, invoices, enterprise_bureau: firmBureau, personal_bureau: ownerBureau } = replies;
  return {
    monthsInBusiness: registry?.foundedOn ? monthsBetween(registry.foundedOn.slice(0, 10), today) : 0,
    industryCode: registry?.industryCode ?? UNKNOWN_INDUSTRY,
    declaredRevenueMinor: declaredRevenueMinor.toString(),
    invoicedRevenue12mMinor: invoices?.truth.invoicedRevenue12mMinor ?? null,
    taxClass: tax?.taxClass ?? null,
    taxPaid12mMinor: tax?.taxPaid12mMinor ?? null,
    cfads12mMinor: tax?.cfads12mMinor ?? null,
    workingCapitalNeedMinor: workingCapitalNeed(tax),
    bureauRecordFound: firmBureau?.recordFound ?? false,
    bureauClean: clean(firmBureau),
    ownerBureauClean: clean(ownerBureau),
    totalDebtMinor: firmBureau?.totalDebtMinor ?? null,
    unsecuredDebtMinor: firmBureau?.unsecuredDebtMinor ?? null,
    lenderCount: firmBureau?.lenderCount ?? null,
    invoices: invoices
      ? {
          batchId: invoices.order.batchId,
          sha256: invoices.order.sha256,
          invoiceCount: invoices.order.invoiceCount,
          referenceMonth: invoices.order.referenceMonth,
        }
      : null,
    provenance: provenanceOf(sources),
  };
}
