import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Version of the template in force; a new wording is a new file, old contracts keep theirs. */
export const TEMPLATE_VERSION = 'loan-contract.v1';

const TEMPLATE = readFileSync(new URL(`../../templates/${TEMPLATE_VERSION}.md`, import.meta.url), 'utf8');
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

/** What is wrong with a template, a line each: a variable that nobody fills, one that it leaves out, braces that are none. */
export function templateProblems(template: string): string[] {
  const known: readonly string[] = [...CONTRACT_VARIABLES, 'templateVersion'];
  const used = [...template.matchAll(VARIABLE)].map(([, name]) => name!);
  const unknown = [...new Set(used)].filter((name) => !known.includes(name)).map((name) => `nothing fills {{${name}}}; there are ${known.join(', ')}`);
  const missing = known.filter((name) => !used.includes(name)).map((name) => `it does not use {{${name}}}, which a contract must state`);
  const open = /\{\{|\}\}/.test(template.replace(VARIABLE, '')) ? ['it has braces that are no {{variable}}'] : [];
  return [...unknown, ...missing, ...open];
}

/** What is wrong with the template in force, for the start. */
export const checkContractTemplate = (): string[] => templateProblems(TEMPLATE).map((problem) => `contract template ${TEMPLATE_VERSION}.md: ${problem}`);

/** Text and hash of a contract; the same values give the same hash. */
export function contractText(values: ContractValues): { text: string; sha256: string } {
  const text = bindTemplate(TEMPLATE, { ...values, templateVersion: TEMPLATE_VERSION });
  return { text, sha256: createHash('sha256').update(text, 'utf8').digest('hex') };
}
