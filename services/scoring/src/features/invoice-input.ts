/** What a firm's invoices say about it. */
export interface InvoiceFeatures {
  /** YYYY-MM from which all windows count back. */
  readonly referenceMonth: string;
  readonly rowCount: number;
  /** Invoices dated after the reference month: left out of every figure. */
  readonly laterRowCount: number;
  /** Valid sales of the last 12 months without tax, red letters deducted, fen; never below zero. */
  readonly revenue12mMinor: bigint;
  /** The same of purchases. */
  readonly purchases12mMinor: bigint;
  /** Output VAT less input VAT of the last 12 months, fen; may be negative. */
  readonly netVat12mMinor: bigint;
  /** Flat inputs of scorecards; null where the invoices cannot tell (never "good": R-CR-02). */
  readonly inputs: Readonly<Record<InvoiceInput, number | null>>;
}

export type SideInput =
  | `Void12mRatio`
  | `Void36mRatio`
  | `RedLetter12mRatio`
  | `RedLetter36mRatio`
  | `Growth12m`
  | `Active12mShare`
  | `Active36mShare`
  | `Variability36m`
  | `LongestGap36mMonths`
  | `MonthsSinceLast`
  | `Trend3m`
  | `Trend6m`
  | `PeakQuarterShare12m`
  | `AverageInvoice12mYuan`;
export type PartyInput = '12mCount' | '36mCount' | 'Top1Share12m' | 'Top5Share12m' | 'Hhi12m' | 'Top1Share36m' | 'Top5Share36m' | 'Hhi36m' | 'Retention';

/** Names of the inputs that invoices give. */
export type InvoiceInput =
  | 'monthsObserved'
  | 'monthsObserved36m'
  | 'revenue12mYuan'
  | 'revenue36mYuan'
  | 'purchases12mYuan'
  | 'purchases36mYuan'
  | 'grossMargin12m'
  | 'grossMargin36m'
  | 'salesPerPurchase12m'
  | 'salesPerPurchase36m'
  | 'netVat12mYuan'
  | `sales${SideInput}`
  | `purchase${SideInput}`
  | `buyer${PartyInput}`
  | `supplier${PartyInput}`;
