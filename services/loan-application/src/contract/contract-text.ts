import { readFileSync } from 'node:fs';
import { bilingualTemplateProblems, bindDocument, type BilingualTemplate, type DraftedDocument } from '@millrace/reasons';
import { RELEASED_TEMPLATES } from './released-templates.js';

/**
 * Templates by version; a new wording is a new file, old contracts keep theirs. v1 is for applications that came before the account was known here; v2, which
 * states it, is what contracts were made of until v3 said what lateness, misuse and early repayment cost; v4 is v3 with the mandate of direct debit. v5 says
 * how a part is repaid early and lets the borrower choose what that changes; whether the rate floats and whether there is a mandate are sentences in it.
 */
export type TemplateVersion = 'loan-contract.v1' | 'loan-contract.v2' | 'loan-contract.v3' | 'loan-contract.v4' | 'loan-contract.v5';

/** Reads the two files of a template version. */
export function readTemplate(version: string): BilingualTemplate {
  const read = (file: string): string => readFileSync(new URL(`../../templates/${file}.md`, import.meta.url), 'utf8');
  return { chinese: read(version), english: read(`${version}.en`) };
}

const TEMPLATES: Readonly<Record<TemplateVersion, BilingualTemplate>> = {
  'loan-contract.v1': readTemplate('loan-contract.v1'),
  'loan-contract.v2': readTemplate('loan-contract.v2'),
  'loan-contract.v3': readTemplate('loan-contract.v3'),
  'loan-contract.v4': readTemplate('loan-contract.v4'),
  'loan-contract.v5': readTemplate('loan-contract.v5'),
};
/** What a contract is made of; the template uses every one. */
const CONTRACT_VARIABLES = [
  'contractId',
  'applicationId',
  'contractDate',
  'lenderName',
  'lenderUscc',
  'companyName',
  'uscc',
  'productName',
  'amountYuan',
  'currency',
  'tenorMonths',
  'purpose',
  'ratePercent',
  'dayCount',
  'effectiveRatePercent',
  'costItems',
  'repaymentMethod',
  'schedule',
  'policyVersion',
] as const;
export type ContractValues = Readonly<Record<(typeof CONTRACT_VARIABLES)[number], string>>;

/** The account that the money goes to, and disbursement's record of it: the signature covers both (SEC-9). */
export interface ContractAccount {
  readonly payeeAccount: string;
  readonly payeeRecordId: string;
}
const ACCOUNT_VARIABLES = ['payeeAccount', 'payeeRecordId'] as const;

/** What is said of lateness, misuse and early repayment. */
const CLAUSE_VARIABLES = [
  'penaltyUpliftPercent',
  'penaltyRatePercent',
  'misuseUpliftPercent',
  'misuseRatePercent',
  'graceDays',
  'prepaymentFeePercent',
  'lateDayCount',
] as const;

/** What is said of direct debit. */
const MANDATE_VARIABLES = ['debitTries', 'debitRetryDays'] as const;

type ClauseVariable = (typeof CLAUSE_VARIABLES)[number];
/** Sentences that depend on what was agreed. */
const SENTENCE_VARIABLES = ['rateClause', 'mandateClause'] as const;

type OptionalVariable = (typeof MANDATE_VARIABLES)[number] | (typeof SENTENCE_VARIABLES)[number];
export type ClauseValues = Readonly<Record<ClauseVariable, string> & Partial<Record<OptionalVariable, string>>>;

/** What each version states. */
export const VARIABLES_OF: Readonly<Record<TemplateVersion, readonly string[]>> = {
  'loan-contract.v1': CONTRACT_VARIABLES,
  'loan-contract.v2': [...CONTRACT_VARIABLES, ...ACCOUNT_VARIABLES],
  'loan-contract.v3': [...CONTRACT_VARIABLES, ...ACCOUNT_VARIABLES, ...CLAUSE_VARIABLES],
  'loan-contract.v4': [...CONTRACT_VARIABLES, ...ACCOUNT_VARIABLES, ...CLAUSE_VARIABLES, ...MANDATE_VARIABLES],
  'loan-contract.v5': [...CONTRACT_VARIABLES, ...ACCOUNT_VARIABLES, ...CLAUSE_VARIABLES, ...SENTENCE_VARIABLES],
};

/** What is wrong with the templates, for the start. */
export const checkContractTemplate = (): string[] =>
  (Object.keys(TEMPLATES) as TemplateVersion[]).flatMap((version) =>
    bilingualTemplateProblems({ what: 'contract template', version, released: RELEASED_TEMPLATES }, TEMPLATES[version], VARIABLES_OF[version]),
  );

/** A contract of its values in both languages, bound from the template of a version, with terms of its own behind it where there are some. */
export function contractText(
  version: TemplateVersion,
  values: { readonly chinese: Readonly<Record<string, string>>; readonly english: Readonly<Record<string, string>> },
  special: BilingualTemplate = { chinese: '', english: '' },
): DraftedDocument<TemplateVersion> {
  const { chinese, english } = TEMPLATES[version];
  return bindDocument(version, { chinese: chinese + special.chinese, english: english + special.english }, values);
}
