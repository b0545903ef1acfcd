import { businessDate } from '@millrace/contracts';
import { bilingualTemplateProblems, bindDocument, type DraftedDocument } from '@millrace/reasons';
import type { Application } from '../application/application.entity.js';
import { readTemplate, type ContractAccount } from '../contract/contract-text.js';
import { RELEASED_TEMPLATES } from '../contract/released-templates.js';

/** A new wording is a new file; addenda that were drafted keep theirs. */
const TEMPLATE_VERSION = 'loan-addendum.v1';
const TEMPLATE = readTemplate(TEMPLATE_VERSION);
/** What an addendum states; the template uses every one. */
export const ADDENDUM_VARIABLES = [
  'addendumId',
  'applicationId',
  'addendumDate',
  'lenderName',
  'lenderUscc',
  'companyName',
  'uscc',
  'contractId',
  'contractSha256',
  'payeeAccount',
  'payeeRecordId',
] as const;

/** What is wrong with the template of addenda, for the start. */
export const checkAddendumTemplate = (): string[] =>
  bilingualTemplateProblems({ what: 'contract template', version: TEMPLATE_VERSION, released: RELEASED_TEMPLATES }, TEMPLATE, ADDENDUM_VARIABLES);

/** What an addendum changes, and between whom. */
export interface AddendumTerms {
  readonly addendumId: string;
  readonly account: ContractAccount;
  readonly lenderName: string;
  readonly lenderUscc: string;
}

/** Text, translation and hash of an addendum. It names the contract by id and hash, so that it belongs to that text alone. */
export function draftAddendum(
  { applicationId, companyName, uscc, contractId, contractSha256 }: Application,
  { addendumId, account: { payeeAccount, payeeRecordId }, lenderName, lenderUscc }: AddendumTerms,
  now: Date,
): DraftedDocument {
  if (!contractId || !contractSha256) throw new Error(`application ${applicationId} has no contract to change`);
  const values: Readonly<Record<(typeof ADDENDUM_VARIABLES)[number], string>> = {
    addendumId,
    applicationId,
    addendumDate: businessDate(now),
    lenderName,
    lenderUscc,
    companyName,
    uscc,
    contractId,
    contractSha256,
    payeeAccount,
    payeeRecordId,
  };
  return bindDocument(TEMPLATE_VERSION, TEMPLATE, { chinese: values, english: values });
}
