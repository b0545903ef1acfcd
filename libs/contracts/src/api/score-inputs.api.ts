import { describeAnswer } from './field.js';
import { choice, day, decimal, flag, id, money, object, sha256, signedMoney, text, whole } from './fields.js';
import { PROVENANCE } from './verification.api.js';

const ROWS = 10_000_000;
const rows = (meaning: string) => whole(0, ROWS, meaning, 0);
const yearMonth = (meaning: string) => text(7, meaning, '2026-02');
/** What a source tells, null or missing where none does: a gap is never a good sign (R-CR-02). */
const known = (meaning: string) => money(`${meaning} Null or missing where no source tells.`).nullable().optional();
const yes = (meaning: string) => flag(`${meaning} Null or missing where no source tells.`).nullable().optional();

export const SCORE_REQUEST = describeAnswer('ScoreRequest', 'right:score', 'What was asked of scoring.', {
  purpose: choice({ decision: 'It decides.', reject_inference: 'It watches the model; the application was declined before.' }, 'What it is for.'),
  requestedAmountMinor: money('What the firm asks for.'),
  productLimitMinor: money('Most that the product lends.'),
  tenorMonths: whole(1, 600, 'Tenor.', 12, 'months'),
  repaymentMethod: text(40, 'Way to repay.', 'equal_instalment'),
  policyVersion: text(64, 'Policy that the application keeps.', 'cn-online-microloan-2026-01'),
  invoiceConsentId: id('Consent that the invoices are read under; null where the firm gave none.').nullable(),
});

export const SCORED_BATCH = describeAnswer('InvoiceBatch', 'right:score', 'The invoices that scoring reads, as they were verified.', {
  batchId: text(100, 'The provider’s own id.', 'batch-1'),
  sha256: sha256('Hash of the bytes.'),
  invoiceCount: whole(0, ROWS, 'Invoices in it.', 1_200),
  referenceMonth: yearMonth('Last full month before the submission, from which windows count back.'),
  asOf: day('Day of the verification, later than which no invoice can be; missing in feature set 1.').optional(),
});

export const FIRM_FACTS = describeAnswer('FirmFacts', 'right:score', 'Verified facts of a firm, as they were when it was scored.', {
  registeredNameSha256: sha256('Hash of the registered name; missing where the registry did not answer.').optional(),
  monthsInBusiness: whole(0, 6_000, 'Full months since the firm was established.', 42, 'months'),
  industryCode: text(10, 'Industry, a code of GB/T 4754.', 'F5199'),
  declaredRevenueMinor: money('Revenue that the firm has declared.'),
  invoicedRevenue12mMinor: known('Valid sales invoices of the last 12 months.'),
  taxClass: text(2, 'The tax authority’s class of the firm; null or missing where no source tells.', 'B').nullable().optional(),
  taxPaid12mMinor: known('Taxes paid in the last 12 months.'),
  cfads12mMinor: known('Cash flow for debt service of the last 12 months (M-LM-05).'),
  workingCapitalNeedMinor: known('Official working-capital need (G-WC-10).'),
  bureauRecordFound: flag('True where the credit bureau has a record of the firm.'),
  bureauClean: yes('True where nothing is overdue now.'),
  ownerBureauClean: yes('The same of the owner.'),
  totalDebtMinor: known('What the firm owes to all lenders.'),
  unsecuredDebtMinor: known('The part of it without security.'),
  lenderCount: whole(0, 10_000, 'Lenders that the firm owes to; null or missing where no source tells.', 1).nullable().optional(),
  invoices: object(SCORED_BATCH, 'Invoices that scoring reads; null where the firm gave no access.').nullable().optional(),
  provenance: object(PROVENANCE, 'Where each part came from (R-CR-09).').list(50).shownTo('right:score'),
});

export const INVOICE_REPORT = describeAnswer('InvoiceReport', 'right:score', 'What the lines of a batch are worth, by kind.', {
  lines: rows('Lines behind the header that are not blank.'),
  unreadable: rows('Lines that no invoice can be read from.'),
  otherForm: rows('Lines that are read, but not written as the format says.'),
  contradictorySums: rows('Lines whose amount, tax and total do not fit together.'),
  contradictoryRows: rows('Rows of invoices whose rows differ in date, party or amount.'),
  future: rows('Lines dated after the day of the reading.'),
  implausible: rows('Lines beyond what one invoice of a small firm can be.'),
  duplicates: rows('Rows that only repeat another one.'),
  voidedLater: rows('Invoices that are valid in one row and void in another.'),
});

export const INVOICE_EVIDENCE = describeAnswer('InvoiceEvidence', 'right:score', 'What a batch of invoices said.', {
  batchId: text(100, 'The provider’s own id.', 'batch-1'),
  sha256: sha256('Hash of the bytes that were read.'),
  referenceMonth: yearMonth('Month from which windows count back.'),
  featureSet: whole(2, 2, 'Rules that the figures were made by; missing for set 1.', 2).optional(),
  asOf: day('Business day of the verification; missing for set 1.').optional(),
  rowCount: rows('Lines that were read.'),
  badRowCount: rows('Lines that are no invoice; left out and counted (R-CO-04).'),
  laterRowCount: rows('Invoices after the reference month; left out.'),
  report: object(INVOICE_REPORT, 'What the lines are worth, by kind; missing for set 1.').optional(),
  revenue12mMinor: money('Valid sales of the last 12 months without tax.'),
  purchases12mMinor: money('The same of purchases.'),
  netVat12mMinor: signedMoney('Output VAT less input VAT of the last 12 months.', '-1200'),
  inputs: decimal(
    'Inputs of the scorecard by their names, which the feature set gives: amounts in yuan, shares, months, counts; null where the invoices cannot tell (R-CR-02).',
    0.87,
  )
    .nullable()
    .byName('buyerTop1Share12m'),
});

export const USED_SCORECARD = describeAnswer('UsedScorecard', 'right:score', 'The scorecard that a score names.', {
  id: text(64, 'Its id.', 'sme-invoice-v1'),
  sha256: sha256('Hash of its content.'),
});

export const SCORE_INPUTS = describeAnswer(
  'ScoreInputs',
  'right:score',
  'Everything that a score was computed from: the same inputs give the same score (R-IT-04).',
  {
    request: object(SCORE_REQUEST, 'What was asked for.'),
    facts: object(FIRM_FACTS, 'Facts of the firm with their sources.'),
    invoices: object(INVOICE_EVIDENCE, 'What its invoices said; null for a firm without.').nullable(),
    scorecard: object(USED_SCORECARD, 'The scorecard.'),
    policySha256: sha256('Hash of the policy release.'),
    exposureCapMinor: money('Most that one borrower may owe the lender; missing in scores of earlier versions.').optional(),
  },
);
