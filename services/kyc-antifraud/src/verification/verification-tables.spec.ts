import { readFileSync } from 'node:fs';
import { loadPolicyPack } from '@millrace/policy';
import { FINDING_SENTENCES } from './finding-codes.js';
import type { VerificationSignals } from './signals.js';
import { VerificationTables } from './verification-tables.js';

const CLEAN: VerificationSignals = {
  identityMatched: true,
  phoneMatched: true,
  faceMatchBps: 9_500,
  livenessBps: 9_500,
  residentIdValid: true,
  ageYears: 40,
  usccValid: true,
  deviceTampered: false,
  formFillSeconds: 240,
  deviceFirms30d: 1,
  mobileFirms30d: 1,
  applications7d: 1,
  registryStatus: 'active',
  abnormalListed: false,
  seriousViolation: false,
  monthsInBusiness: 42,
  beneficialOwnerKnown: true,
  legalRepresentativeMatches: true,
  legalRepresentativeChangedDays: 900,
  taxClass: 'B',
  taxArrearsYuan: 0,
  taxRevenueGapBps: 300,
  dishonestDebtor: false,
  enforcementCases: 0,
  enforcementShareBps: 0,
  sanctionsHit: false,
  watchlistPossible: false,
  revenueGapBps: 300,
  salesInvoices: 500,
  silentMonths: 1,
  voidShareBps: 400,
  voidAmountShareBps: 400,
  redLetterShareBps: 100,
  redLetterAmountShareBps: 100,
  relatedShareBps: 500,
  invoiceLines: 600,
  unclearInvoiceLines: 5,
  unclearInvoiceShareBps: 83,
  otherFormInvoiceLines: 0,
  otherFormInvoiceShareBps: 0,
  contradictoryInvoiceLines: 0,
  implausibleInvoiceLines: 0,
  futureInvoiceLines: 0,
  repeatedInvoiceLines: 0,
  staleMonths: 1,
  lenderCount: 2,
  bureauClean: true,
  ownerBureauClean: true,
  bureauMaxOverdueDays: 0,
  ownerMaxOverdueDays: 0,
  bureauQueried: true,
  bureauRecordFound: true,
  missingSources: 0,
};
const tables = new VerificationTables();
const pack = loadPolicyPack('online_microloan', '2026-03-02');
const requestedAt = new Date('2026-03-02T01:00:00Z');
const daysBefore = (days: number): Date => new Date(requestedAt.getTime() - days * 86_400_000);
const decide = (change: Partial<VerificationSignals>, unprovenAt: Date[] = []) => tables.decide({ ...CLEAN, ...change }, { unprovenAt, requestedAt }, pack);

test('a clean firm passes with score 0 and no finding (S01)', async () => {
  expect(await decide({})).toEqual({ outcome: 'pass', fraudScore: 0, findings: [] });
});

test.each<[string, Partial<VerificationSignals>, string, string]>([
  ['DISHONEST_DEBTOR (S10a)', { dishonestDebtor: true }, 'DISHONEST_DEBTOR', ''],
  ['sanctions', { sanctionsHit: true }, 'COMPLIANCE_STOP', ''],
  ['abnormal list (S10b)', { abnormalListed: true }, 'ABNORMAL_LIST', ''],
  ['tax class D (S10c)', { taxClass: 'D' }, 'TAX_CLASS_D', ''],
  ['serious violation (G-PL-01)', { seriousViolation: true }, 'SERIOUS_VIOLATION', ''],
  ['dead company', { registryStatus: 'revoked' }, 'FIRM_NOT_OPERATING', 'revoked'],
  ['dead company', { registryStatus: 'deregistered' }, 'FIRM_NOT_OPERATING', 'deregistered'],
  ['under 18', { ageYears: 17 }, 'UNDER_AGE', '17 years'],
])('knock-out %s rejects although the fraud score stays green', async (_, change, code, observed) => {
  const decision = await decide(change);
  expect(decision).toMatchObject({ outcome: 'reject', fraudScore: 0, findings: [{ code, severity: 'red' }] });
  expect(decision.findings[0]!.observed ?? '').toBe(observed);
});

/** [signal, last value that is fine, first amber, its code, first red, its code]; every edge on both sides. */
test.each<[keyof VerificationSignals, number, number, string, number, string]>([
  ['deviceFirms30d', 2, 3, 'DEVICE_SHARED', 5, 'DEVICE_RING'],
  ['mobileFirms30d', 2, 3, 'PHONE_SHARED', 5, 'PHONE_RING'],
  ['applications7d', 2, 3, 'APPLICATIONS_REPEATED', 6, 'APPLICATION_BURST'],
  ['faceMatchBps', 8_500, 8_499, 'FACE_UNCERTAIN', 7_499, 'FACE_MISMATCH'],
  ['livenessBps', 9_000, 8_999, 'LIVENESS_UNCERTAIN', 7_999, 'LIVENESS_FAILED'],
  ['formFillSeconds', 60, 59, 'FORM_FILLED_FAST', 14, 'FORM_FILLED_BY_MACHINE'],
  ['voidShareBps', 1_000, 1_001, 'VOID_INVOICES_HIGH', 2_001, 'VOID_INVOICES'],
  ['redLetterShareBps', 1_000, 1_001, 'RED_LETTERS_HIGH', 2_001, 'RED_LETTERS'],
  ['relatedShareBps', 3_000, 3_001, 'RELATED_SALES_HIGH', 5_001, 'RELATED_SALES'],
  ['legalRepresentativeChangedDays', 90, 89, 'LEGAL_REP_CHANGED', 29, 'LEGAL_REP_JUST_CHANGED'],
])('%s: fine at %i, amber from %i (%s), red from %i (%s)', async (signal, fine, amber, amberCode, red, redCode) => {
  expect((await decide({ [signal]: fine })).findings).toEqual([]);
  const step = red > amber ? -1 : 1;
  for (const value of [amber, red + step]) {
    const decision = await decide({ [signal]: value });
    expect(decision.findings).toMatchObject([{ code: amberCode, severity: 'amber' }]);
    expect(decision.outcome).not.toBe('reject');
  }
  const stopped = await decide({ [signal]: red });
  expect(stopped).toMatchObject({ outcome: 'reject', findings: [{ code: redCode, severity: 'red' }] });
  expect(stopped.fraudScore).toBeGreaterThanOrEqual(700);
});

test('revenue gap: 20% is fine, above it the applicant is asked, above 50% a person decides; never an automatic reject (S02, S03)', async () => {
  expect((await decide({ revenueGapBps: 2_000 })).outcome).toBe('pass');
  expect(await decide({ revenueGapBps: 2_001 })).toMatchObject({ outcome: 'refer', findings: [{ code: 'REVENUE_GAP', observed: '20.01% gap' }] });
  expect(await decide({ revenueGapBps: 5_000 })).toMatchObject({ outcome: 'refer', findings: [{ code: 'REVENUE_GAP' }] });
  expect(await decide({ revenueGapBps: 5_001 })).toMatchObject({ outcome: 'refer', findings: [{ code: 'REVENUE_UNTRUE', severity: 'amber' }] });
});

/** [signal, last value that is fine, first amber, its code and outcome]. */
test.each<[keyof VerificationSignals, number, number, string, string]>([
  ['monthsInBusiness', 12, 11, 'FIRM_YOUNG', 'pass'],
  ['silentMonths', 5, 6, 'SALES_STOPPED', 'pass'],
  ['staleMonths', 5, 6, 'INVOICES_STALE', 'refer'],
  ['unclearInvoiceShareBps', 99, 100, 'INVOICES_UNCLEAR', 'refer'],
  ['otherFormInvoiceShareBps', 999, 1_000, 'INVOICES_OTHER_FORM', 'refer'],
  ['contradictoryInvoiceLines', 0, 1, 'INVOICES_CONTRADICTORY', 'refer'],
  ['implausibleInvoiceLines', 0, 1, 'INVOICES_IMPLAUSIBLE', 'refer'],
  ['futureInvoiceLines', 0, 1, 'INVOICES_FUTURE', 'refer'],
  ['voidAmountShareBps', 2_000, 2_001, 'VOID_AMOUNT', 'refer'],
  ['redLetterAmountShareBps', 2_000, 2_001, 'RED_LETTER_AMOUNT', 'refer'],
  ['taxArrearsYuan', 0, 1, 'TAX_ARREARS', 'pass'],
  ['taxArrearsYuan', 0, 50_000, 'TAX_ARREARS', 'pass'],
  ['taxArrearsYuan', 0, 50_001, 'TAX_ARREARS_HEAVY', 'refer'],
  ['taxRevenueGapBps', 2_000, 2_001, 'TAX_REVENUE_GAP', 'pass'],
  ['enforcementShareBps', 9_999, 10_000, 'ENFORCEMENT_HEAVY', 'refer'],
  ['bureauMaxOverdueDays', 60, 61, 'OVERDUE_HISTORY', 'pass'],
  ['ownerMaxOverdueDays', 60, 61, 'OWNER_OVERDUE_HISTORY', 'pass'],
])('%s: fine at %i, amber at %i (%s: %s)', async (signal, fine, amber, code, outcome) => {
  expect((await decide({ [signal]: fine })).findings).toEqual([]);
  expect(await decide({ [signal]: amber })).toMatchObject({ outcome, findings: [{ code, severity: 'amber' }] });
});

test('F01: rows that only repeat others are told, and change no outcome', async () => {
  const decision = await decide({ repeatedInvoiceLines: 3 });
  expect(decision).toEqual({ outcome: 'pass', fraudScore: 0, findings: [{ code: 'INVOICES_REPEATED', severity: 'info', observed: '3 of 600 lines' }] });
});

test('a wrong check digit goes to a person and is no hard reject', async () => {
  expect(await decide({ usccValid: false })).toMatchObject({ outcome: 'refer', findings: [{ code: 'USCC_CHECK_DIGIT', severity: 'amber' }] });
  expect(await decide({ residentIdValid: false })).toMatchObject({ outcome: 'refer', findings: [{ code: 'ID_CHECK_DIGIT' }] });
});

test('T03: an identity that does not match is declined three times, then a person decides; tries of long ago do not count', async () => {
  const unproven = { identityMatched: false, faceMatchBps: 7_000 };
  const tries = [daysBefore(1), daysBefore(2), daysBefore(29)];
  expect(await decide(unproven, tries.slice(1))).toMatchObject({ outcome: 'reject', fraudScore: 1_000 });
  const fourth = await decide(unproven, tries);
  expect(fourth).toMatchObject({ outcome: 'refer', fraudScore: 699 });
  expect(fourth.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['amber IDENTITY_MISMATCH', 'amber FACE_MISMATCH']);
  expect(await decide(unproven, [...tries.slice(1), daysBefore(30)])).toMatchObject({ outcome: 'reject' });
  expect(await decide({ ...unproven, deviceTampered: true }, tries)).toMatchObject({ outcome: 'reject' });
});

test('a source that stayed away is never scored as good (R-CR-02)', async () => {
  const gone = { registryStatus: null, abnormalListed: null, legalRepresentativeMatches: null, legalRepresentativeChangedDays: null, missingSources: 1 };
  expect(await decide(gone)).toMatchObject({ outcome: 'refer', findings: [{ code: 'SOURCE_UNAVAILABLE', observed: '1 sources' }] });
});

test('few invoices make void shares amber only; emulator and identity mismatch are red; a thin file is information (S07)', async () => {
  expect(await decide({ voidShareBps: 5_000, salesInvoices: 19 })).toMatchObject({ outcome: 'pass', findings: [{ code: 'VOID_INVOICES_FEW' }] });
  expect(await decide({ voidShareBps: 5_000, salesInvoices: 20 })).toMatchObject({ outcome: 'reject', findings: [{ code: 'VOID_INVOICES' }] });
  expect(await decide({ deviceTampered: true })).toMatchObject({ outcome: 'reject', findings: [{ code: 'DEVICE_TAMPERED' }] });
  expect(await decide({ identityMatched: false })).toMatchObject({ outcome: 'reject', findings: [{ code: 'IDENTITY_MISMATCH' }] });
  const thin = { bureauRecordFound: false, bureauClean: null, ownerBureauClean: null, lenderCount: null };
  expect(await decide(thin)).toEqual({ outcome: 'pass', fraudScore: 0, findings: [{ code: 'THIN_FILE', severity: 'info' }] });
});

test('ambers add up to the amber band but never into the red one; a red outweighs them', async () => {
  const ambers = { usccValid: false, residentIdValid: false, faceMatchBps: 8_000, deviceFirms30d: 3 };
  expect(await decide(ambers)).toMatchObject({ outcome: 'refer', fraudScore: 699 });
  expect(await decide({ ...ambers, deviceTampered: true })).toMatchObject({ outcome: 'reject', fraudScore: 1_000 });
  expect(await decide({ voidShareBps: 1_500, formFillSeconds: 30 })).toMatchObject({ outcome: 'pass', fraudScore: 200 });
});

test('every code of the tables has a sentence, and every sentence but CONSENT_MISSING a rule', () => {
  const text = ['knock-outs', 'fraud-rules'].map((name) => readFileSync(new URL(`../../tables/${name}.json`, import.meta.url), 'utf8')).join('');
  const codes = new Set([...text.matchAll(/"code": "\\"([A-Z_]+)\\""/g)].map((match) => match[1]!));
  expect([...codes, 'CONSENT_MISSING'].sort()).toEqual(Object.keys(FINDING_SENTENCES).sort());
});
