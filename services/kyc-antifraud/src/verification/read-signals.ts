import { businessDate, isValidResidentId, isValidUscc } from '@millrace/contracts';
import { ageOn } from '../applicant/applicant.js';
import type { RegistryReply, Replies } from '../sources/replies.js';
import type { VerificationSignals } from './signals.js';
import type { StoredVerification } from './stored-verification.js';
import { relatedShareBps } from './trade-truth.js';

const DAY_MS = 86_400_000;

/** Signals before any source has spoken: nothing is known, and nothing fires. */
const SILENT: VerificationSignals = {
  identityMatched: null,
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
  legalRepresentativeMatches: null,
  legalRepresentativeChangedDays: null,
  taxClass: null,
  dishonestDebtor: null,
  enforcementCases: null,
  sanctionsHit: null,
  watchlistPossible: null,
  revenueGapBps: null,
  salesInvoices: null,
  voidShareBps: null,
  voidAmountShareBps: null,
  redLetterShareBps: null,
  redLetterAmountShareBps: null,
  relatedShareBps: null,
  lenderCount: null,
  bureauClean: null,
  ownerBureauClean: null,
  bureauQueried: true,
  bureauRecordFound: null,
  missingSources: 0,
};

const toBps = (share: number): number => Math.round(share * 10_000);

/** What says who the person is, and nothing else: decides whether a bureau may be asked (domain §4.1). */
export function identitySignals(verification: Pick<StoredVerification, 'applicant'>, replies: Replies, now: Date): VerificationSignals {
  const { idNumber } = verification.applicant;
  const identity = replies.identity;
  return {
    ...SILENT,
    residentIdValid: isValidResidentId(idNumber),
    ageYears: ageOn(idNumber, businessDate(now)),
    identityMatched: identity?.matched ?? null,
    faceMatchBps: identity ? toBps(identity.faceScore) : null,
    livenessBps: identity ? toBps(identity.livenessScore) : null,
    deviceTampered: identity?.deviceTampered ?? null,
  };
}

/** Gap between declared and invoiced revenue in basis points of the invoiced, rounded up so that the edge is never hidden; null without invoices. */
export function revenueGapBps(declaredMinor: bigint, invoicedMinor: bigint): number | null {
  // Declared revenue without any invoice is an infinite gap; it is reported as the largest that the tables need.
  if (invoicedMinor === 0n) return declaredMinor === 0n ? 0 : 1_000_000;
  const gap = declaredMinor > invoicedMinor ? declaredMinor - invoicedMinor : invoicedMinor - declaredMinor;
  const bps = (gap * 10_000n + invoicedMinor - 1n) / invoicedMinor;
  return Number(bps > 1_000_000n ? 1_000_000n : bps);
}

/** Days since the legal representative took over; null for one who has been there from the founding on, which is no change. */
export function daysSinceChange(registry: Pick<RegistryReply, 'foundedOn' | 'legalRepresentativeSince'>, today: string): number | null {
  const since = registry.legalRepresentativeSince?.slice(0, 10);
  if (!since || (registry.foundedOn && since <= registry.foundedOn.slice(0, 10))) return null;
  return Math.floor((Date.parse(today) - Date.parse(since)) / DAY_MS);
}

function registrySignals(verification: StoredVerification, { registry }: Replies, now: Date): Partial<VerificationSignals> {
  if (!registry) return {};
  return {
    registryStatus: registry.status,
    abnormalListed: registry.abnormalListed,
    legalRepresentativeMatches: registry.legalRepresentativeName ? registry.legalRepresentativeName === verification.applicant.name : null,
    legalRepresentativeChangedDays: daysSinceChange(registry, businessDate(now)),
  };
}

function invoiceSignals(verification: StoredVerification, { invoices, registry }: Replies): Partial<VerificationSignals> {
  if (!invoices) return {};
  const { truth } = invoices;
  return {
    revenueGapBps: revenueGapBps(verification.declaredRevenueMinor, BigInt(truth.invoicedRevenue12mMinor)),
    salesInvoices: truth.salesInvoiceCount,
    voidShareBps: truth.voidShareBps,
    voidAmountShareBps: truth.voidAmountShareBps,
    redLetterShareBps: truth.redLetterShareBps,
    redLetterAmountShareBps: truth.redLetterAmountShareBps,
    relatedShareBps: relatedShareBps(truth, new Set(registry?.relatedCounterparties ?? [])),
  };
}

function negative(found: boolean | undefined): boolean | null {
  return found === undefined ? null : !found;
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
  const { tax, courts, watchlist, enterprise_bureau: firmBureau, personal_bureau: ownerBureau } = replies;
  return {
    ...identitySignals(verification, replies, now),
    ...registrySignals(verification, replies, now),
    ...invoiceSignals(verification, replies),
    usccValid: isValidUscc(verification.uscc),
    formFillSeconds: verification.applicant.formFillSeconds,
    deviceFirms30d: verification.deviceFirms30d,
    mobileFirms30d: verification.mobileFirms30d,
    applications7d: verification.applications7d,
    taxClass: tax?.taxClass ?? null,
    dishonestDebtor: courts?.dishonestDebtor ?? null,
    enforcementCases: courts?.enforcementCases ?? null,
    sanctionsHit: watchlist ? watchlist.outcome === 'hit' : null,
    watchlistPossible: watchlist ? watchlist.outcome === 'possible' : null,
    lenderCount: firmBureau?.lenderCount ?? null,
    bureauClean: firmBureau?.recordFound ? negative(firmBureau.overdueNow ?? undefined) : null,
    ownerBureauClean: ownerBureau?.recordFound ? negative(ownerBureau.overdueNow ?? undefined) : null,
    bureauRecordFound: firmBureau?.recordFound ?? null,
    ...asked,
  };
}
