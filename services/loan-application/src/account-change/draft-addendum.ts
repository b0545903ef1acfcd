import { businessDate } from '@millrace/contracts';
import type { Application } from '../application/application.entity.js';
import { bilingualTemplateProblems, bindDocument, readTemplate, type ContractAccount, type DraftedDocument } from '../contract/contract-text.js';

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
export const checkAddendumTemplate = (): string[] => bilingualTemplateProblems(TEMPLATE_VERSION, TEMPLATE, ADDENDUM_VARIABLES);

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
