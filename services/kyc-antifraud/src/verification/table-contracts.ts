import { TAX_CLASSES } from '@millrace/contracts';
import type { ConditionType, TableContract } from '@millrace/policy';
import { codesFor } from '@millrace/reasons';
import type { RuleHit, VerificationSignals } from './signals.js';

const BOOLEAN: ConditionType = { type: 'boolean' };
const COUNT: ConditionType = { type: 'whole', least: 0, most: 1_000_000 };
/** More than the largest file can hold. */
const LINES: ConditionType = { type: 'whole', least: 0, most: 10_000_000 };
/** A share of a whole. */
const SHARE_BPS: ConditionType = { type: 'whole', least: 0, most: 10_000 };
/** A ratio without an upper end; {@link VerificationSignals} are cut off there. */
const RATIO_BPS: ConditionType = { type: 'whole', least: 0, most: 1_000_000 };
const YUAN: ConditionType = { type: 'whole', least: 0, most: 1_000_000_000_000 };

const INPUTS: TableContract<VerificationSignals, RuleHit>['inputs'] = {
  identityMatched: BOOLEAN,
  phoneMatched: BOOLEAN,
  faceMatchBps: SHARE_BPS,
  livenessBps: SHARE_BPS,
  residentIdValid: BOOLEAN,
  ageYears: { type: 'whole', least: 0, most: 150 },
  usccValid: BOOLEAN,
  deviceTampered: BOOLEAN,
  formFillSeconds: COUNT,
  deviceFirms30d: COUNT,
  mobileFirms30d: COUNT,
  applications7d: COUNT,
  registryStatus: { type: 'words', words: ['active', 'revoked', 'deregistered', 'suspended', 'not_found'] },
  abnormalListed: BOOLEAN,
  seriousViolation: BOOLEAN,
  monthsInBusiness: COUNT,
  beneficialOwnerKnown: BOOLEAN,
  companyNameMatches: BOOLEAN,
  legalRepresentativeMatches: BOOLEAN,
  legalRepresentativeChangedDays: COUNT,
  taxClass: { type: 'words', words: TAX_CLASSES },
  taxArrearsYuan: YUAN,
  taxRevenueGapBps: RATIO_BPS,
  dishonestDebtor: BOOLEAN,
  enforcementCases: COUNT,
  enforcementShareBps: RATIO_BPS,
  sanctionsHit: BOOLEAN,
  watchlistPossible: BOOLEAN,
  revenueGapBps: RATIO_BPS,
  invoiceMonthsMissing: COUNT,
  salesInvoices: COUNT,
  silentMonths: COUNT,
  voidShareBps: SHARE_BPS,
  voidAmountShareBps: SHARE_BPS,
  redLetterShareBps: SHARE_BPS,
  redLetterAmountShareBps: RATIO_BPS,
  relatedShareBps: SHARE_BPS,
  invoiceLines: LINES,
  unclearInvoiceLines: LINES,
  unclearInvoiceShareBps: SHARE_BPS,
  otherFormInvoiceLines: LINES,
  otherFormInvoiceShareBps: SHARE_BPS,
  contradictoryInvoiceLines: LINES,
  implausibleInvoiceLines: LINES,
  futureInvoiceLines: LINES,
  repeatedInvoiceLines: LINES,
  staleMonths: COUNT,
  lenderCount: COUNT,
  bureauClean: BOOLEAN,
  ownerBureauClean: BOOLEAN,
  bureauMaxOverdueDays: COUNT,
  ownerMaxOverdueDays: COUNT,
  bureauQueried: BOOLEAN,
  bureauRecordFound: BOOLEAN,
  missingSources: COUNT,
};

/** Most points that one rule may give; the fraud score goes no higher. */
const MOST_POINTS = 1_000;
const CODES: ConditionType = { type: 'words', words: codesFor('finding') };

/** Fraud rules: what is amber or red, and by how much. */
export const FRAUD_RULES: TableContract<VerificationSignals, RuleHit> = {
  inputs: INPUTS,
  outputs: {
    code: CODES,
    severity: { type: 'words', words: ['info', 'amber', 'red'] },
    points: { type: 'whole', least: 0, most: MOST_POINTS },
    observed: { type: 'text', optional: true },
  },
};

/** Knock-outs: each one rejects by itself, whatever its points, so they have none. */
export const KNOCK_OUTS: TableContract<VerificationSignals, RuleHit> = {
  inputs: INPUTS,
  outputs: { ...FRAUD_RULES.outputs, severity: { type: 'words', words: ['red'] }, points: { type: 'whole', least: 0, most: 0 } },
};
