import { nameSha256, type FirmFacts } from '@millrace/contracts';
import type { PersonalBureauReply } from '../sources/bureau/bureau-sources.js';
import { registeredFirm } from '../sources/registry/registry-source.js';
import type { Replies } from '../sources/replies.js';
import type { TaxReply } from '../sources/tax/tax-source.js';
import { provenanceOf, type SourceReply } from '../sources/source-reply.js';
import { monthsBetween } from '../sources/months-between.js';
import { workingCapitalNeedMinor } from './working-capital-need.js';

/** Industry of a firm that no register has told us about. */
const UNKNOWN_INDUSTRY = 'UNKNOWN';

function workingCapitalNeed(tax: TaxReply | undefined): string | null {
  const statement = tax?.statement;
  if (!statement) return null;
  const { profitMarginBps, growthBps, inventoryDays, receivableDays, payableDays, prepaidDays, advanceDays } = statement;
  return workingCapitalNeedMinor({
    revenueMinor: BigInt(statement.revenuePriorYearMinor),
    profitMarginBps,
    growthBps,
    inventoryDays,
    receivableDays,
    payableDays,
    prepaidDays,
    advanceReceiptDays: advanceDays,
    ownFundsMinor: BigInt(statement.ownFundsMinor),
    existingLoansMinor: BigInt(statement.workingCapitalLoansMinor),
    otherChannelsMinor: BigInt(statement.otherChannelsMinor),
  }).toString();
}

/** A firm that burns cash has none for a debt: zero, as the fact knows no negative cash flow. */
function cashFlow(tax: TaxReply | undefined): string | null {
  const cfads = tax?.statement?.cfads12mMinor;
  if (cfads === undefined) return null;
  return cfads.startsWith('-') ? '0' : cfads;
}

/** True where the bureau has a record and no overdue in it; null where there is no record, or no answer (never "good": R-CR-02). */
function clean(bureau: PersonalBureauReply | undefined): boolean | null {
  return bureau?.found ? !bureau.overdueNow : null;
}

/**
 * The snapshot that scoring works on. Where a source stayed away its fields are null; the two fields that cannot be null take
 * the worst value (no months in business, unknown industry).
 */
export function assembleFacts(declaredRevenueMinor: bigint, replies: Replies, sources: Iterable<SourceReply>, today: string): FirmFacts {
  const { tax, invoices, enterprise_bureau: firmBureau, personal_bureau: ownerBureau } = replies;
  const firm = registeredFirm(replies);
  return {
    ...(firm ? { registeredNameSha256: nameSha256(firm.name) } : {}),
    monthsInBusiness: firm ? monthsBetween(firm.establishedOn.slice(0, 10), today) : 0,
    industryCode: firm?.industryCode ?? UNKNOWN_INDUSTRY,
    declaredRevenueMinor: declaredRevenueMinor.toString(),
    invoicedRevenue12mMinor: invoices?.truth.invoicedRevenue12mMinor ?? null,
    taxClass: tax?.taxClass ?? null,
    taxPaid12mMinor: tax?.taxPaid12mMinor ?? null,
    cfads12mMinor: cashFlow(tax),
    workingCapitalNeedMinor: workingCapitalNeed(tax),
    bureauRecordFound: firmBureau?.found ?? false,
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
          referenceMonth: invoices.referenceMonth ?? invoices.order.referenceMonth,
          ...(invoices.asOf === undefined ? {} : { asOf: invoices.asOf }),
        }
      : null,
    provenance: provenanceOf(sources),
  };
}
