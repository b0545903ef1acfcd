import { businessDate, isValidResidentId, isValidUscc, nameSha256, sameInNormalForm } from '@millrace/contracts';
import { ageOn } from '../applicant/applicant.js';
import type { InvoiceFileReport } from '@millrace/invoices';
import { policyOf, type VerificationParameters } from '@millrace/policy';
import type { InvoicesBody } from '../sources/invoices/invoices-source.js';
import { registeredFirm, type RegistryReply } from '../sources/registry/registry-source.js';
import type { Replies } from '../sources/replies.js';
import { isGuarantorAt } from '../sources/watchlists/guarantor-place.js';
import { monthsBetween } from '../sources/months-between.js';
import type { VerificationSignals } from './signals.js';
import type { StoredVerification } from './stored-verification.js';
import { relatedShareBps } from '../sources/invoices/trade-truth.js';

const DAY_MS = 86_400_000;
const LARGEST_BPS = 1_000_000;
/** Signals before any source has spoken: nothing is known, and nothing fires. */
const SILENT: VerificationSignals = {
  identityMatched: null,
  phoneMatched: null,
  faceMatchBps: null,
  livenessBps: null,
  residentIdValid: true,
  ageYears: null,
  usccValid: true,
  deviceTampered: null,
  formFillSeconds: null,
  deviceFirms30d: 0,
  mobileFirms30d: 0,
  applications7d: 0,
  registryStatus: null,
  abnormalListed: null,
  seriousViolation: null,
  monthsInBusiness: null,
  beneficialOwnerKnown: null,
  companyNameMatches: null,
  legalRepresentativeMatches: null,
  legalRepresentativeChangedDays: null,
  taxClass: null,
  taxArrearsYuan: null,
  taxRevenueGapBps: null,
  dishonestDebtor: null,
  enforcementCases: null,
  enforcementShareBps: null,
  sanctionsHit: null,
  watchlistPossible: null,
  revenueGapBps: null,
  invoiceMonthsMissing: null,
  salesInvoices: null,
  silentMonths: null,
  voidShareBps: null,
  voidAmountShareBps: null,
  redLetterShareBps: null,
  redLetterAmountShareBps: null,
  relatedShareBps: null,
  invoiceLines: null,
  unclearInvoiceLines: null,
  unclearInvoiceShareBps: null,
  otherFormInvoiceLines: null,
  otherFormInvoiceShareBps: null,
  contradictoryInvoiceLines: null,
  implausibleInvoiceLines: null,
  futureInvoiceLines: null,
  repeatedInvoiceLines: null,
  staleMonths: null,
  lenderCount: null,
  bureauClean: null,
  ownerBureauClean: null,
  bureauMaxOverdueDays: null,
  ownerMaxOverdueDays: null,
  bureauQueried: true,
  bureauRecordFound: null,
  missingSources: 0,
};

const toBps = (share: number): number => Math.round(share * 10_000);

/** What says who the person is, and nothing else: decides whether a bureau may be asked (M-AP-04). */
export function identitySignals(verification: Pick<StoredVerification, 'applicant'>, replies: Replies, now: Date): VerificationSignals {
  const { idNumber } = verification.applicant;
  const identity = replies.identity;
  return {
    ...SILENT,
    residentIdValid: isValidResidentId(idNumber),
    ageYears: ageOn(idNumber, businessDate(now)),
    identityMatched: identity ? identity.nameMatched && identity.idMatched : null,
    phoneMatched: identity?.phoneMatched ?? null,
    faceMatchBps: identity ? toBps(identity.faceScore) : null,
    livenessBps: identity ? toBps(identity.livenessScore) : null,
    deviceTampered: identity?.deviceTampered ?? null,
  };
}

/** One figure as a share of another in basis points, rounded up so that an edge is never hidden; the largest that the tables need where it is a share of nothing. */
function shareOf(partMinor: bigint, wholeMinor: bigint): number {
  if (partMinor === 0n) return 0;
  if (wholeMinor === 0n) return LARGEST_BPS;
  const bps = (partMinor * 10_000n + wholeMinor - 1n) / wholeMinor;
  return Number(bps > LARGEST_BPS ? LARGEST_BPS : bps);
}

/** Gap between declared revenue and what another source says, in basis points of the latter; 0 for a difference that is only rounding. */
export function revenueGapBps(declaredMinor: bigint, seenMinor: bigint, { roundFigureMinor }: Pick<VerificationParameters, 'roundFigureMinor'>): number {
  const gap = declaredMinor > seenMinor ? declaredMinor - seenMinor : seenMinor - declaredMinor;
  return gap < BigInt(roundFigureMinor) ? 0 : shareOf(gap, seenMinor);
}

/** Days since the legal representative took over; null for one who has been there from the founding on, which is no change. */
export function daysSinceChange(
  { establishedOn, legalRepresentativeSince }: Pick<RegistryReply, 'establishedOn' | 'legalRepresentativeSince'>,
  today: string,
): number | null {
  const since = legalRepresentativeSince.slice(0, 10);
  if (since <= establishedOn.slice(0, 10)) return null;
  return Math.floor((Date.parse(today) - Date.parse(since)) / DAY_MS);
}

function registrySignals(
  { applicant, companyNameSha256 }: StoredVerification,
  replies: Replies,
  { beneficialOwnerPercent }: VerificationParameters,
  now: Date,
): Partial<VerificationSignals> {
  const firm = registeredFirm(replies);
  if (!firm) return { registryStatus: replies.registry?.status ?? null };
  const { legalRepresentative, owners } = firm;
  const today = businessDate(now);
  return {
    registryStatus: firm.status,
    abnormalListed: firm.abnormalListed,
    seriousViolation: firm.seriousViolation,
    monthsInBusiness: monthsBetween(firm.establishedOn.slice(0, 10), today),
    beneficialOwnerKnown: owners.some(({ sharePercent }) => sharePercent >= beneficialOwnerPercent),
    companyNameMatches: companyNameSha256 === null ? null : nameSha256(firm.name) === companyNameSha256,
    // Who signs for the firm must be the one whom the registry names (R-CR-04); how a system writes a dot or an x says nothing.
    legalRepresentativeMatches:
      sameInNormalForm(legalRepresentative.name, applicant.name) && sameInNormalForm(legalRepresentative.idNumber, applicant.idNumber),
    legalRepresentativeChangedDays: daysSinceChange(firm, today),
  };
}

function taxSignals({ declaredRevenueMinor }: StoredVerification, { tax }: Replies, rules: VerificationParameters): Partial<VerificationSignals> {
  if (!tax) return {};
  return {
    taxClass: tax.taxClass,
    taxArrearsYuan: Number((BigInt(tax.arrearsMinor) + 99n) / 100n),
    taxRevenueGapBps: revenueGapBps(declaredRevenueMinor, BigInt(tax.declaredAnnualRevenueMinor), rules),
  };
}

function shareOfLines(lines: number, report: InvoiceFileReport): number {
  return report.lines > 0 ? Math.min(10_000, Math.round((lines * 10_000) / report.lines)) : 0;
}

/** What the file is worth, apart from what it says; a file read by the rules of v1 was not asked. */
function fileSignals({ report, truth }: InvoicesBody): Partial<VerificationSignals> {
  if (!report) return {};
  const unclear = report.unreadable + report.contradictorySums + report.contradictoryRows + report.future + report.implausible;
  return {
    invoiceLines: report.lines,
    unclearInvoiceLines: unclear,
    unclearInvoiceShareBps: shareOfLines(unclear, report),
    otherFormInvoiceLines: report.otherForm,
    otherFormInvoiceShareBps: shareOfLines(report.otherForm, report),
    contradictoryInvoiceLines: report.contradictorySums + report.contradictoryRows,
    implausibleInvoiceLines: report.implausible,
    futureInvoiceLines: report.future,
    repeatedInvoiceLines: report.duplicates,
    staleMonths: truth.staleMonths ?? null,
  };
}

function invoiceSignals({ declaredRevenueMinor }: StoredVerification, replies: Replies, rules: VerificationParameters): Partial<VerificationSignals> {
  if (!replies.invoices) return {};
  const { order, truth } = replies.invoices;
  return {
    revenueGapBps: revenueGapBps(declaredRevenueMinor, BigInt(truth.invoicedRevenue12mMinor), rules),
    invoiceMonthsMissing: order.missingMonths?.length ?? 0,
    salesInvoices: truth.salesInvoiceCount,
    silentMonths: truth.silentMonths,
    voidShareBps: truth.voidShareBps,
    voidAmountShareBps: truth.voidAmountShareBps,
    redLetterShareBps: truth.redLetterShareBps,
    redLetterAmountShareBps: truth.redLetterAmountShareBps,
    relatedShareBps: relatedShareBps(truth, registeredFirm(replies)?.relatedCounterparties ?? []),
    ...fileSignals(replies.invoices),
  };
}

/** Lists of the watch-list provider and of the courts: an identifier, an exact name or an alias is a hit, anything less needs a person's eyes. */
function listSignals(
  { requestedAmountMinor, guarantors }: StoredVerification,
  { courts, watchlist }: Replies,
  { certainMatchBps }: VerificationParameters,
): Partial<VerificationSignals> {
  const certain = watchlist?.hits.filter(({ matchScore }) => matchScore * 10_000 >= certainMatchBps) ?? [];
  // A guarantor on the courts' list is no debtor of the firm's: it is found by itself, while sanctions stop everybody.
  const listedDishonest = certain.some(({ list, subjectIndex }) => list === 'dishonest_debtor' && !isGuarantorAt(subjectIndex, guarantors.length));
  const dishonest = courts ? courts.dishonestDebtor || courts.legalRepresentativeDishonest : null;
  return {
    dishonestDebtor: listedDishonest || dishonest,
    enforcementCases: courts?.enforcementCases ?? null,
    enforcementShareBps: courts ? shareOf(BigInt(courts.enforcementAmountMinor), requestedAmountMinor) : null,
    sanctionsHit: watchlist ? certain.some(({ list }) => list !== 'dishonest_debtor') : null,
    watchlistPossible: watchlist ? watchlist.hits.length > certain.length : null,
  };
}

function bureauSignals({ enterprise_bureau: firm, personal_bureau: owner }: Replies): Partial<VerificationSignals> {
  return {
    bureauRecordFound: firm?.found ?? null,
    lenderCount: firm?.lenderCount ?? null,
    bureauClean: firm?.found ? !firm.overdueNow : null,
    ownerBureauClean: owner?.found ? !owner.overdueNow : null,
    bureauMaxOverdueDays: firm?.maxOverdueDays ?? null,
    ownerMaxOverdueDays: owner?.maxOverdueDays ?? null,
  };
}

/** What happened around the replies. */
export interface AskedSources {
  /** Sources that were asked and stayed away. */
  readonly missingSources: number;
  /** False where the identity is not proven, so that no bureau could be asked. */
  readonly bureauQueried: boolean;
}

/** Everything that the tables read, from what the sources said. */
export function readSignals(verification: StoredVerification, replies: Replies, asked: AskedSources, now: Date): VerificationSignals {
  const { verification: rules } = policyOf(verification.policyVersion);
  return {
    ...identitySignals(verification, replies, now),
    ...registrySignals(verification, replies, rules, now),
    ...taxSignals(verification, replies, rules),
    ...invoiceSignals(verification, replies, rules),
    ...listSignals(verification, replies, rules),
    ...bureauSignals(replies),
    usccValid: isValidUscc(verification.uscc),
    formFillSeconds: verification.applicant.formFillSeconds,
    deviceFirms30d: verification.deviceFirms30d,
    mobileFirms30d: verification.mobileFirms30d,
    applications7d: verification.applications7d,
    ...asked,
  };
}
