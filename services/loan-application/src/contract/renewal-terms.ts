import { businessDate, formatMinor } from '@millrace/contracts';
import { bilingualTemplateProblems, type BilingualTemplate } from '@millrace/reasons';
import type { Application } from '../application/application.entity.js';
import { readTemplate } from './contract-text.js';
import { RELEASED_TEMPLATES } from './released-templates.js';

const TEMPLATE_VERSION = 'loan-renewal.v1';
/** Stands at the end of the contract of a renewal, and goes before what the contract says otherwise. A new wording is a new file. */
const TEMPLATE = readTemplate(TEMPLATE_VERSION);

/** What the terms of a renewal state. */
export const RENEWAL_VARIABLES = ['renewsLoanId', 'amountYuan', 'maturesOn'] as const;

/** What is wrong with the terms of a renewal, for the start. */
export const checkRenewalTemplate = (): string[] =>
  bilingualTemplateProblems({ what: 'contract template', version: TEMPLATE_VERSION, released: RELEASED_TEMPLATES }, TEMPLATE, RENEWAL_VARIABLES);

/** Terms that stand behind those of every contract, with their values. */
export interface SpecialTerms {
  readonly template: BilingualTemplate;
  readonly values: Readonly<Record<string, string>>;
}

/** Terms of the renewal of a loan: no money is paid out, and until when and on what conditions the contract is good (G-CL-15). Undefined for any other application. */
export function renewalTerms({ renewsLoanId, signBefore }: Pick<Application, 'renewsLoanId' | 'signBefore'>, amountMinor: string): SpecialTerms | undefined {
  if (renewsLoanId === null) return undefined;
  if (signBefore === null) throw new Error(`nobody has said that loan ${renewsLoanId} may be renewed`);
  const values = { renewsLoanId, amountYuan: formatMinor(BigInt(amountMinor)), maturesOn: businessDate(signBefore) } satisfies Record<
    (typeof RENEWAL_VARIABLES)[number],
    string
  >;
  return { template: TEMPLATE, values };
}
