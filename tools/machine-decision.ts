import { type FirmFacts } from '@millrace/contracts';
import { openFindings } from '@millrace/reasons';
import { lastFullMonthBefore, readInvoices } from '@millrace/invoices';
import { policyOf } from '@millrace/policy';
import { csvOf, type FileLine } from '@millrace/testing';
import type { Replies } from '../services/kyc-antifraud/src/sources/replies.js';
import { readSignals } from '../services/kyc-antifraud/src/verification/read-signals.js';
import type { StoredVerification } from '../services/kyc-antifraud/src/verification/stored-verification.js';
import { TradeTruthCollector } from '../services/kyc-antifraud/src/sources/invoices/trade-truth.js';
import { VerificationTables } from '../services/kyc-antifraud/src/verification/verification-tables.js';
import { ApprovalMatrix } from '../services/loan-application/src/approval/approval-matrix.js';
import { readBatchEvidence } from '../services/scoring/src/invoices/batch-evidence.js';
import { evaluateFirm, type FirmResult } from '../services/scoring/src/score/evaluate-firm.js';
import { loadScorecard } from '../services/scoring/src/scorecard/load-scorecard.js';
import { S01_FACTS, scoringRequest } from '../services/scoring/test/scoring-request.js';

/** Day on which the file is read, of the months that the real files are of. */
export const READ_ON = '2020-03-15';
const POLICY = policyOf('online_microloan.v0');
const CARD = loadScorecard('sme-invoice-v2');
const REQUESTED_MINOR = 30_000_000n;
const tables = new VerificationTables();
const matrix = new ApprovalMatrix();

/** What becomes of a firm with a file; the amount is what would be lent, 0 for nothing. */
export interface MachineDecision {
  /** `approve` by the engine alone, `refer` where a person decides at any stage, `reject` by the engine. */
  readonly route: 'approve' | 'refer' | 'reject';
  readonly amountMinor: bigint;
  readonly limitMinor: bigint;
  readonly score: number;
  readonly riskIndex: number | null;
}

async function* bytesOf(lines: readonly FileLine[], encode: (text: string) => Buffer): AsyncGenerator<Uint8Array> {
  yield encode(csvOf(lines));
}

/** What verification makes of the file; every other source is there and clean. */
async function verify(lines: readonly FileLine[], encode: (text: string) => Buffer, declaredRevenueMinor: bigint | null) {
  const { sameInvoiceMonths, mostPlausibleRowMinor } = POLICY.invoices;
  const file = await readInvoices(bytesOf(lines, encode), { asOf: READ_ON, sameInvoiceMonths, mostPlausibleMinor: Number(mostPlausibleRowMinor) });
  const collector = new TradeTruthCollector(POLICY.invoices);
  collector.add(file.invoices);
  const truth = collector.finish(lastFullMonthBefore(READ_ON));
  const revenueMinor = BigInt(truth.invoicedRevenue12mMinor);
  const declared = declaredRevenueMinor ?? revenueMinor;
  const person = { name: 'A', idNumber: '990101199001010019' };
  const replies = {
    invoices: { order: {}, badRows: 0, report: file.report, truth: { ...truth, invoicedRevenue12mMinor: String(revenueMinor) } },
    registry: {
      status: 'active',
      name: 'F',
      establishedOn: '2016-01-01',
      legalRepresentativeSince: '2016-01-01',
      legalRepresentative: person,
      owners: [{ ...person, sharePercent: 100 }],
      relatedCounterparties: [],
    },
  } as unknown as Replies;
  const verification = {
    applicant: { ...person, mobile: '', formFillSeconds: 200 },
    uscc: '91990100MA0TE00010',
    companyNameSha256: null,
    declaredRevenueMinor: declared,
    requestedAmountMinor: REQUESTED_MINOR,
    deviceFirms30d: 1,
    mobileFirms30d: 1,
    applications7d: 1,
    guarantors: [],
    policyVersion: POLICY.version,
  } as unknown as StoredVerification;
  const now = new Date(`${READ_ON}T01:00:00Z`);
  const signals = readSignals(verification, replies, { missingSources: 0, bureauQueried: true }, now);
  const decision = await tables.decide({ ...signals, usccValid: true, residentIdValid: true }, { unprovenAt: [], requestedAt: now }, POLICY);
  return { decision, revenueMinor, declared };
}

async function scoreOf(lines: readonly FileLine[], encode: (text: string) => Buffer, facts: FirmFacts): Promise<FirmResult> {
  const ref = { batchId: 'b', sha256: '', invoiceCount: lines.length, referenceMonth: lastFullMonthBefore(READ_ON), asOf: READ_ON };
  const invoices = await readBatchEvidence(bytesOf(lines, encode), ref, POLICY.invoices);
  const request = scoringRequest(facts, { requestedAmountMinor: String(REQUESTED_MINOR) });
  return evaluateFirm({ request, facts, invoices, scorecard: CARD, policySha256: '' }, CARD, POLICY);
}

/**
 * Verification, score, limit and approval of a firm whose file this is, by the code and the tables of the three services.
 * @param declaredRevenueMinor what the firm declared, which a changed file does not change; its own revenue where null
 */
export async function decideByMachine(
  lines: readonly FileLine[],
  encode: (text: string) => Buffer,
  declaredRevenueMinor: bigint | null = null,
): Promise<MachineDecision & { readonly declaredRevenueMinor: bigint }> {
  const { decision, revenueMinor, declared } = await verify(lines, encode, declaredRevenueMinor);
  const facts: FirmFacts = {
    ...S01_FACTS,
    declaredRevenueMinor: String(declared),
    invoicedRevenue12mMinor: String(revenueMinor < 0n ? 0n : revenueMinor),
    cfads12mMinor: null,
    workingCapitalNeedMinor: null,
    taxPaid12mMinor: '900000000000',
  };
  const { score, grade, riskIndex, limitMinor } = await scoreOf(lines, encode, facts);
  const figures = { limitMinor: BigInt(limitMinor), score, riskIndex: riskIndex.value, declaredRevenueMinor: declared };
  if (decision.outcome !== 'pass') return { ...figures, route: decision.outcome, amountMinor: 0n };
  const findings = openFindings(decision.findings);
  const input = {
    grade,
    riskIndex: riskIndex.value,
    limitMinor: figures.limitMinor,
    requestedAmountMinor: REQUESTED_MINOR,
    productMinMinor: 1_000_000n,
    fraudScore: 0,
    verificationOutcome: 'passed' as const,
    clearedByPerson: false,
    amberFindings: findings.filter(({ severity }) => severity === 'amber').length,
    bureauRecordFound: true,
    bureauClean: true,
    ownerBureauClean: true,
    lenderCount: facts.lenderCount,
    taxClass: facts.taxClass,
    findings: findings.filter(({ severity }) => severity === 'amber').map(({ code }) => code),
    industryCode: facts.industryCode,
  };
  const { route, amountMinor } = await matrix.decide(input, POLICY);
  return { ...figures, route, amountMinor: route === 'reject' ? 0n : amountMinor };
}
