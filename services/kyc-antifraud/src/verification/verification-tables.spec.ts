import { readFileSync } from 'node:fs';
import { codesFor } from '@millrace/reasons';
import { policyInForce, type TableFile } from '@millrace/policy';
import { GUARANTOR_FINDINGS } from '../guarantor-check/guarantor-findings.js';
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
  companyNameMatches: true,
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
  invoiceMonthsMissing: 0,
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
const policy = policyInForce('online_microloan', '2026-03-02');
const requestedAt = new Date('2026-03-02T01:00:00Z');
const daysBefore = (days: number): Date => new Date(requestedAt.getTime() - days * 86_400_000);
const decide = (change: Partial<VerificationSignals>, unprovenAt: Date[] = []) => tables.decide({ ...CLEAN, ...change }, { unprovenAt, requestedAt }, policy);

test('a clean firm passes with score 0 and no finding (S01)', async () => {
  expect(await decide({})).toEqual({ outcome: 'pass', fraudScore: 0, findings: [] });
});

test.each<[string, Partial<VerificationSignals>, string, string]>([
  ['G-PL-04, S10a', { dishonestDebtor: true }, 'DISHONEST_DEBTOR', ''],
  ['G-AM-04, sanctions', { sanctionsHit: true }, 'COMPLIANCE_STOP', ''],
  ['G-PL-01, S10b, abnormal list', { abnormalListed: true }, 'ABNORMAL_LIST', ''],
  ['M-AM-05, S10c, tax class D', { taxClass: 'D' }, 'TAX_CLASS_D', ''],
  ['G-PL-01, E08, serious violation', { seriousViolation: true }, 'SERIOUS_VIOLATION', ''],
  ['M-AM-05, dead company', { registryStatus: 'revoked' }, 'FIRM_NOT_OPERATING', 'revoked'],
  ['M-AM-05, dead company', { registryStatus: 'deregistered' }, 'FIRM_NOT_OPERATING', 'deregistered'],
  ['M-AM-05, under 18', { ageYears: 17 }, 'UNDER_AGE', '17 years'],
])('R-AP-01, R-DB-03: knock-out %s rejects although the fraud score stays green', async (_, change, code, observed) => {
  const decision = await decide(change);
  expect(decision).toMatchObject({ outcome: 'reject', fraudScore: 0, findings: [{ code, severity: 'red' }] });
  expect(decision.findings[0]!.observed ?? '').toBe(observed);
});

/** [rule, signal, last value that is fine, first amber, its code, first red, its code]; every edge on both sides. */
test.each<[string, keyof VerificationSignals, number, number, string, number, string]>([
  ['M-FR-01', 'deviceFirms30d', 2, 3, 'DEVICE_SHARED', 5, 'DEVICE_RING'],
  ['M-FR-02', 'mobileFirms30d', 2, 3, 'PHONE_SHARED', 5, 'PHONE_RING'],
  ['M-FR-03', 'applications7d', 2, 3, 'APPLICATIONS_REPEATED', 6, 'APPLICATION_BURST'],
  ['M-FR-06', 'faceMatchBps', 8_500, 8_499, 'FACE_UNCERTAIN', 7_499, 'FACE_MISMATCH'],
  ['M-FR-07', 'livenessBps', 9_000, 8_999, 'LIVENESS_UNCERTAIN', 7_999, 'LIVENESS_FAILED'],
  ['M-FR-09', 'formFillSeconds', 60, 59, 'FORM_FILLED_FAST', 14, 'FORM_FILLED_BY_MACHINE'],
  ['M-FR-11', 'voidShareBps', 1_000, 1_001, 'VOID_INVOICES_HIGH', 2_001, 'VOID_INVOICES'],
  ['M-FR-11', 'redLetterShareBps', 1_000, 1_001, 'RED_LETTERS_HIGH', 2_001, 'RED_LETTERS'],
  ['M-FR-12', 'relatedShareBps', 3_000, 3_001, 'RELATED_SALES_HIGH', 5_001, 'RELATED_SALES'],
  ['M-FR-14', 'legalRepresentativeChangedDays', 90, 89, 'LEGAL_REP_CHANGED', 29, 'LEGAL_REP_JUST_CHANGED'],
])('%s, %s: fine at %i, amber from %i (%s), red from %i (%s)', async (_, signal, fine, amber, amberCode, red, redCode) => {
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

test('M-FR-10, R-CR-03: 20% of revenue gap is fine, above it the applicant is asked, above 50% a person decides; never an automatic reject (S02, S03)', async () => {
  expect((await decide({ revenueGapBps: 2_000 })).outcome).toBe('pass');
  expect(await decide({ revenueGapBps: 2_001 })).toMatchObject({ outcome: 'refer', findings: [{ code: 'REVENUE_GAP', observed: '20.01% gap' }] });
  expect(await decide({ revenueGapBps: 5_000 })).toMatchObject({ outcome: 'refer', findings: [{ code: 'REVENUE_GAP' }] });
  expect(await decide({ revenueGapBps: 5_001 })).toMatchObject({ outcome: 'refer', findings: [{ code: 'REVENUE_UNTRUE', severity: 'amber' }] });
});

/** [rule, signal, last value that is fine, first amber, its code and outcome]. */
test.each<[string, keyof VerificationSignals, number, number, string, string]>([
  ['M-FR-19', 'monthsInBusiness', 12, 11, 'FIRM_YOUNG', 'pass'],
  ['E03', 'silentMonths', 5, 6, 'SALES_STOPPED', 'pass'],
  ['M-FR-17', 'staleMonths', 5, 6, 'INVOICES_STALE', 'refer'],
  ['M-FR-17', 'unclearInvoiceShareBps', 99, 100, 'INVOICES_UNCLEAR', 'refer'],
  ['M-FR-17', 'otherFormInvoiceShareBps', 999, 1_000, 'INVOICES_OTHER_FORM', 'refer'],
  ['M-FR-17', 'contradictoryInvoiceLines', 0, 1, 'INVOICES_CONTRADICTORY', 'refer'],
  ['M-FR-17', 'implausibleInvoiceLines', 0, 1, 'INVOICES_IMPLAUSIBLE', 'refer'],
  ['M-FR-17', 'futureInvoiceLines', 0, 1, 'INVOICES_FUTURE', 'refer'],
  ['M-FR-11', 'voidAmountShareBps', 2_000, 2_001, 'VOID_AMOUNT', 'refer'],
  ['M-FR-11', 'redLetterAmountShareBps', 2_000, 2_001, 'RED_LETTER_AMOUNT', 'refer'],
  ['E02', 'taxArrearsYuan', 0, 1, 'TAX_ARREARS', 'pass'],
  ['E02', 'taxArrearsYuan', 0, 50_000, 'TAX_ARREARS', 'pass'],
  ['E02', 'taxArrearsYuan', 0, 50_001, 'TAX_ARREARS_HEAVY', 'refer'],
  ['M-FR-10', 'taxRevenueGapBps', 2_000, 2_001, 'TAX_REVENUE_GAP', 'pass'],
  ['E06', 'enforcementShareBps', 9_999, 10_000, 'ENFORCEMENT_HEAVY', 'refer'],
  ['E13', 'bureauMaxOverdueDays', 60, 61, 'OVERDUE_HISTORY', 'pass'],
  ['E16', 'ownerMaxOverdueDays', 60, 61, 'OWNER_OVERDUE_HISTORY', 'pass'],
])('%s, %s: fine at %i, amber at %i (%s: %s)', async (_, signal, fine, amber, code, outcome) => {
  expect((await decide({ [signal]: fine })).findings).toEqual([]);
  expect(await decide({ [signal]: amber })).toMatchObject({ outcome, findings: [{ code, severity: 'amber' }] });
});

test('F01: rows that only repeat others are told, and change no outcome', async () => {
  const decision = await decide({ repeatedInvoiceLines: 3 });
  expect(decision).toEqual({ outcome: 'pass', fraudScore: 0, findings: [{ code: 'INVOICES_REPEATED', severity: 'info', observed: '3 of 600 lines' }] });
});

test('M-FR-19, E07: open enforcement, many lenders and a loan that is overdue are amber, and leave the firm to one approver', async () => {
  const ambers = { enforcementCases: 1, lenderCount: 5, bureauClean: false, ownerBureauClean: false };
  const expected = ['ENFORCEMENT_OPEN', 'MANY_LENDERS', 'BUREAU_OVERDUE', 'OWNER_BUREAU_OVERDUE'];
  for (const [at, [signal, value]] of Object.entries(ambers).entries()) {
    expect(await decide({ [signal]: value })).toMatchObject({ outcome: 'pass', findings: [{ code: expected[at], severity: 'amber' }] });
  }
  expect((await decide({ lenderCount: 4 })).findings).toEqual([]);
});

test('M-FR-13: a wrong check digit goes to a person and is no hard reject', async () => {
  expect(await decide({ usccValid: false })).toMatchObject({ outcome: 'refer', findings: [{ code: 'USCC_CHECK_DIGIT', severity: 'amber' }] });
  expect(await decide({ residentIdValid: false })).toMatchObject({ outcome: 'refer', findings: [{ code: 'ID_CHECK_DIGIT' }] });
});

test('M-FR-04, T03: an identity that does not match is declined three times, then a person decides; tries of long ago do not count', async () => {
  const unproven = { identityMatched: false, faceMatchBps: 7_000 };
  const tries = [daysBefore(1), daysBefore(2), daysBefore(29)];
  expect(await decide(unproven, tries.slice(1))).toMatchObject({ outcome: 'reject', fraudScore: 1_000 });
  const fourth = await decide(unproven, tries);
  expect(fourth).toMatchObject({ outcome: 'refer', fraudScore: 699 });
  expect(fourth.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['amber IDENTITY_MISMATCH', 'amber FACE_MISMATCH']);
  expect(await decide(unproven, [...tries.slice(1), daysBefore(30)])).toMatchObject({ outcome: 'reject' });
  expect(await decide({ ...unproven, deviceTampered: true }, tries)).toMatchObject({ outcome: 'reject' });
});

test('M-FR-20, R-CR-02: a source that stayed away is never scored as good', async () => {
  const gone = { registryStatus: null, abnormalListed: null, legalRepresentativeMatches: null, legalRepresentativeChangedDays: null, missingSources: 1 };
  expect(await decide(gone)).toMatchObject({ outcome: 'refer', findings: [{ code: 'SOURCE_UNAVAILABLE', observed: '1 sources' }] });
});

test('M-FR-08, M-FR-11, M-FR-20: few invoices make void shares amber only; emulator and identity mismatch are red; a thin file is information (S07)', async () => {
  expect(await decide({ voidShareBps: 5_000, salesInvoices: 19 })).toMatchObject({ outcome: 'pass', findings: [{ code: 'VOID_INVOICES_FEW' }] });
  expect(await decide({ voidShareBps: 5_000, salesInvoices: 20 })).toMatchObject({ outcome: 'reject', findings: [{ code: 'VOID_INVOICES' }] });
  expect(await decide({ deviceTampered: true })).toMatchObject({ outcome: 'reject', findings: [{ code: 'DEVICE_TAMPERED' }] });
  expect(await decide({ identityMatched: false })).toMatchObject({ outcome: 'reject', findings: [{ code: 'IDENTITY_MISMATCH' }] });
  const thin = { bureauRecordFound: false, bureauClean: null, ownerBureauClean: null, lenderCount: null };
  expect(await decide(thin)).toEqual({ outcome: 'pass', fraudScore: 0, findings: [{ code: 'THIN_FILE', severity: 'info' }] });
});

test('M-FR-15, R-CR-11: ambers add up to the amber band but never into the red one; a red outweighs them', async () => {
  const ambers = { usccValid: false, residentIdValid: false, faceMatchBps: 8_000, deviceFirms30d: 3 };
  expect(await decide(ambers)).toMatchObject({ outcome: 'refer', fraudScore: 699 });
  expect(await decide({ ...ambers, deviceTampered: true })).toMatchObject({ outcome: 'reject', fraudScore: 1_000 });
  expect(await decide({ voidShareBps: 1_500, formFillSeconds: 30 })).toMatchObject({ outcome: 'pass', fraudScore: 200 });
});

test('every finding of the catalogue but CONSENT_MISSING has a rule, in a table, of guarantors or of a re-check, and every rule a finding of the catalogue', () => {
  const rowsOf = (name: string): TableFile['rows'] =>
    (JSON.parse(readFileSync(new URL(`../../tables/${name}.json`, import.meta.url), 'utf8')) as TableFile).rows;
  const codes = new Set(['knock-outs', 'fraud-rules'].flatMap(rowsOf).map(({ code }) => code));
  expect([...codes, 'CONSENT_MISSING', 'OWNER_ENFORCEMENT', ...GUARANTOR_FINDINGS.map(([code]) => code)].sort()).toEqual(codesFor('finding').sort());
});
