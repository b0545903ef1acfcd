import type { TaxClass } from '@millrace/contracts';
import type { ProfileSettings } from './firm-profile.js';

/** Kinds of firms that are made on request. */
export const MIXES = ['healthy', 'average', 'weak', 'fraudulent'] as const;
export type Mix = (typeof MIXES)[number];

/** Percent of each where no mix is asked for. */
export const DEFAULT_MIX: Readonly<Record<Mix, number>> = { healthy: 50, average: 30, weak: 15, fraudulent: 5 };

type Range = readonly [number, number];

/** Ranges that a firm of a mix is drawn from. Shares in basis points, of revenue where nothing else is said. */
export interface MixRanges {
  readonly revenueYuan: Range;
  readonly historyMonths: Range;
  /** Months that the firm is older than its invoices. */
  readonly monthsBeforeInvoices: Range;
  readonly growthBps: Range;
  readonly grossMarginBps: Range;
  readonly variabilityBps: Range;
  readonly monthsSinceLastSale: Range;
  readonly topBuyerShareBps: Range;
  readonly circularShareBps: Range;
  readonly voidShareBps: Range;
  readonly redLetterShareBps: Range;
  readonly cashFlowBps: Range;
  readonly taxBps: Range;
  readonly debtBps: Range;
  readonly lenders: Range;
  readonly taxClasses: Readonly<Partial<Record<TaxClass, number>>>;
  readonly bureauFound: number;
  readonly overdue: number;
}

const HEALTHY: MixRanges = {
  revenueYuan: [900_000, 15_000_000],
  historyMonths: [34, 60],
  monthsBeforeInvoices: [0, 90],
  growthBps: [0, 2_500],
  grossMarginBps: [200, 3_500],
  variabilityBps: [2_500, 9_500],
  monthsSinceLastSale: [0, 0],
  topBuyerShareBps: [800, 2_800],
  circularShareBps: [0, 300],
  voidShareBps: [0, 500],
  redLetterShareBps: [0, 400],
  cashFlowBps: [700, 1_500],
  taxBps: [250, 500],
  debtBps: [0, 800],
  lenders: [0, 3],
  taxClasses: { A: 35, B: 50, M: 15 },
  bureauFound: 0.92,
  overdue: 0,
};

/** Healthy firms mostly grade R1–R5 on the invoice scorecard, weak ones R8 and below, average ones between; fraudulent ones look like healthy ones but for one thing. */
export const MIX_RANGES: Readonly<Record<Mix, MixRanges>> = {
  healthy: HEALTHY,
  average: {
    ...HEALTHY,
    revenueYuan: [500_000, 3_500_000],
    historyMonths: [30, 40],
    monthsBeforeInvoices: [0, 40],
    growthBps: [-1_500, 1_500],
    grossMarginBps: [-500, 2_200],
    variabilityBps: [6_000, 11_000],
    monthsSinceLastSale: [0, 1],
    topBuyerShareBps: [1_500, 4_500],
    circularShareBps: [0, 1_000],
    voidShareBps: [100, 900],
    redLetterShareBps: [0, 900],
    cashFlowBps: [500, 1_000],
    taxBps: [150, 350],
    debtBps: [300, 2_000],
    lenders: [0, 4],
    taxClasses: { A: 10, B: 45, M: 40, C: 5 },
    bureauFound: 0.8,
    overdue: 0.03,
  },
  weak: {
    ...HEALTHY,
    revenueYuan: [200_000, 2_500_000],
    historyMonths: [20, 34],
    monthsBeforeInvoices: [0, 12],
    growthBps: [-5_000, -1_000],
    grossMarginBps: [-4_000, 800],
    variabilityBps: [9_000, 17_000],
    monthsSinceLastSale: [0, 3],
    topBuyerShareBps: [3_500, 8_000],
    circularShareBps: [0, 2_000],
    voidShareBps: [300, 1_500],
    redLetterShareBps: [0, 1_500],
    cashFlowBps: [50, 400],
    taxBps: [20, 150],
    debtBps: [1_500, 6_000],
    lenders: [1, 7],
    taxClasses: { B: 20, M: 45, C: 35 },
    bureauFound: 0.75,
    overdue: 0.3,
  },
  fraudulent: HEALTHY,
};

/** What is wrong with a fraudulent firm: one of these, each of which a fraud rule or a knock-out finds. `now` is the business date on which it is made. */
export const FRAUD_PATTERNS: readonly ((firm: { readonly daysAgo: (days: number) => string; readonly revenueMinor: bigint }) => ProfileSettings)[] = [
  () => ({ voidShareBps: 3_000 }),
  () => ({ redLetterShareBps: 2_800 }),
  () => ({ circularShareBps: 6_500 }),
  () => ({ topBuyerShareBps: 7_000, relatedCounterparties: ['C0001'] }),
  () => ({ faceScore: 0.62, livenessScore: 0.71 }),
  () => ({ phoneMatched: false, idMatched: false }),
  () => ({ deviceTampered: true }),
  ({ daysAgo }) => ({ legalRepresentativeSince: daysAgo(12) }),
  ({ revenueMinor }) => ({ declaredRevenueMinor: String(revenueMinor * 2n) }),
  () => ({ dishonestDebtor: true, watchlists: ['dishonest_debtor'], enforcementCases: 3, enforcementAmountMinor: '86000000' }),
  () => ({ legalRepresentativeWatchlists: ['sanctions'] }),
  () => ({ taxClass: 'D', arrearsMinor: '4200000' }),
  () => ({ status: 'revoked' }),
];
