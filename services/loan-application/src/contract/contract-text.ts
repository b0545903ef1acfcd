import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { wordingProblems } from './released-templates.js';

/** Templates by version; a new wording is a new file, old contracts keep theirs. v2 states the account; v1 is for applications that came before it was known here. */
export type TemplateVersion = 'loan-contract.v1' | 'loan-contract.v2';

const read = (version: TemplateVersion): string => readFileSync(new URL(`../../templates/${version}.md`, import.meta.url), 'utf8');
const TEMPLATES: Readonly<Record<TemplateVersion, string>> = { 'loan-contract.v1': read('loan-contract.v1'), 'loan-contract.v2': read('loan-contract.v2') };
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
/** What each version states. */
export const VARIABLES_OF: Readonly<Record<TemplateVersion, readonly string[]>> = {
  'loan-contract.v1': CONTRACT_VARIABLES,
  'loan-contract.v2': [...CONTRACT_VARIABLES, 'payeeAccount', 'payeeRecordId'],
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

/** What is wrong with the templates, for the start. */
export const checkContractTemplate = (): string[] =>
  (Object.keys(TEMPLATES) as TemplateVersion[]).flatMap((version) => {
    const template = TEMPLATES[version];
    const problems = [...templateProblems(template, VARIABLES_OF[version]), ...wordingProblems(version, template)];
    return problems.map((problem) => `contract template ${version}.md: ${problem}`);
  });

/** Text and hash of a contract, with the template that it is bound from; the same values give the same hash. */
export function contractText(values: ContractValues, account?: ContractAccount): { text: string; sha256: string; templateVersion: TemplateVersion } {
  const templateVersion = account ? 'loan-contract.v2' : 'loan-contract.v1';
  const text = bindTemplate(TEMPLATES[templateVersion], { ...values, ...account, templateVersion });
  return { text, sha256: createHash('sha256').update(text, 'utf8').digest('hex'), templateVersion };
}
