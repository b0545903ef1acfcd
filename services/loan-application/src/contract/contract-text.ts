import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { wordingProblems } from './released-templates.js';

/**
 * Templates by version; a new wording is a new file, old contracts keep theirs. v1 is for applications that came before the account was known here; v2, which
 * states it, is what contracts were made of until v3 said what lateness, misuse and early repayment cost; v4 is v3 with the mandate of direct debit.
 */
export type TemplateVersion = 'loan-contract.v1' | 'loan-contract.v2' | 'loan-contract.v3' | 'loan-contract.v4';

/** The wording that is signed, and its translation. The translation may be mended: each document keeps the one that it was shown with. */
export interface BilingualTemplate {
  readonly chinese: string;
  readonly english: string;
}

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
};
const VARIABLE = /\{\{(\w+)\}\}/g;

/** Puts values into a template; throws for a variable without a value and for a value that the template does not use. */
export function bindTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const text = template.replace(VARIABLE, (_match, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the contract template needs ${name}`);
    used.add(name);
    // A value must not open a variable of its own.
    return value.replace(/[{}]/g, '');
  });
  const unused = Object.keys(values).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`the contract template does not use ${unused.join(', ')}`);
  return text;
}

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
type MandateVariable = (typeof MANDATE_VARIABLES)[number];
export type ClauseValues = Readonly<Record<ClauseVariable, string> & Partial<Record<MandateVariable, string>>>;

/** What each version states. */
export const VARIABLES_OF: Readonly<Record<TemplateVersion, readonly string[]>> = {
  'loan-contract.v1': CONTRACT_VARIABLES,
  'loan-contract.v2': [...CONTRACT_VARIABLES, ...ACCOUNT_VARIABLES],
  'loan-contract.v3': [...CONTRACT_VARIABLES, ...ACCOUNT_VARIABLES, ...CLAUSE_VARIABLES],
  'loan-contract.v4': [...CONTRACT_VARIABLES, ...ACCOUNT_VARIABLES, ...CLAUSE_VARIABLES, ...MANDATE_VARIABLES],
};

/** What is wrong with a template, a line each: a variable that nobody fills, one that it leaves out, braces that are none. */
export function templateProblems(template: string, variables: readonly string[] = CONTRACT_VARIABLES): string[] {
  const known: readonly string[] = [...variables, 'templateVersion'];
  const used = [...template.matchAll(VARIABLE)].map(([, name]) => name!);
  const unknown = [...new Set(used)].filter((name) => !known.includes(name)).map((name) => `nothing fills {{${name}}}; there are ${known.join(', ')}`);
  const missing = known.filter((name) => !used.includes(name)).map((name) => `it does not use {{${name}}}, which a contract must state`);
  const open = /\{\{|\}\}/.test(template.replace(VARIABLE, '')) ? ['it has braces that are no {{variable}}'] : [];
  return [...unknown, ...missing, ...open];
}

/** What is wrong with both files of a template version, a line each; the translation names the hash of the text besides. */
export function bilingualTemplateProblems(version: string, { chinese, english }: BilingualTemplate, variables: readonly string[]): string[] {
  const original = [...templateProblems(chinese, variables), ...wordingProblems(version, chinese)];
  return [
    ...original.map((problem) => `contract template ${version}.md: ${problem}`),
    ...templateProblems(english, [...variables, 'originalSha256']).map((problem) => `contract template ${version}.en.md: ${problem}`),
  ];
}

/** What is wrong with the templates, for the start. */
export const checkContractTemplate = (): string[] =>
  (Object.keys(TEMPLATES) as TemplateVersion[]).flatMap((version) => bilingualTemplateProblems(version, TEMPLATES[version], VARIABLES_OF[version]));

/** A document as it is drafted: the text that is signed by its hash, and the English that is shown beside it and binds nobody (G-EC-02). */
export interface DraftedDocument<Version extends string = string> {
  readonly text: string;
  readonly sha256: string;
  readonly textEn: string;
  readonly templateVersion: Version;
}

/** Binds both files of a template; the same Chinese values give the same hash, whatever the translation says. */
export function bindDocument<Version extends string>(
  templateVersion: Version,
  template: BilingualTemplate,
  values: { readonly chinese: Readonly<Record<string, string>>; readonly english: Readonly<Record<string, string>> },
): DraftedDocument<Version> {
  const text = bindTemplate(template.chinese, { ...values.chinese, templateVersion });
  const sha256 = createHash('sha256').update(text, 'utf8').digest('hex');
  return { text, sha256, textEn: bindTemplate(template.english, { ...values.english, templateVersion, originalSha256: sha256 }), templateVersion };
}

/** A contract of its values in both languages, bound from the template of a version. */
export function contractText(
  version: TemplateVersion,
  values: { readonly chinese: Readonly<Record<string, string>>; readonly english: Readonly<Record<string, string>> },
): DraftedDocument<TemplateVersion> {
  return bindDocument(version, TEMPLATES[version], values);
}
