import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { businessDate } from '@millrace/contracts';
import type { Application } from '../application/application.entity.js';
import { bindTemplate, templateProblems, type ContractAccount } from '../contract/contract-text.js';
import { wordingProblems } from '../contract/released-templates.js';

/** A new wording is a new file; addenda that were drafted keep theirs. */
const TEMPLATE_VERSION = 'loan-addendum.v1';
const TEMPLATE = readFileSync(new URL(`../../templates/${TEMPLATE_VERSION}.md`, import.meta.url), 'utf8');
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
  [...templateProblems(TEMPLATE, ADDENDUM_VARIABLES), ...wordingProblems(TEMPLATE_VERSION, TEMPLATE)].map(
    (problem) => `contract template ${TEMPLATE_VERSION}.md: ${problem}`,
  );

/** What an addendum changes, and between whom. */
export interface AddendumTerms {
  readonly addendumId: string;
  readonly account: ContractAccount;
  readonly lenderName: string;
  readonly lenderUscc: string;
}

/** Text and hash of an addendum. It names the contract by id and hash, so that it belongs to that text alone. */
export function draftAddendum(
  { applicationId, companyName, uscc, contractId, contractSha256 }: Application,
  { addendumId, account: { payeeAccount, payeeRecordId }, lenderName, lenderUscc }: AddendumTerms,
  now: Date,
): { text: string; sha256: string; templateVersion: string } {
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
  const text = bindTemplate(TEMPLATE, { ...values, templateVersion: TEMPLATE_VERSION });
  return { text, sha256: createHash('sha256').update(text, 'utf8').digest('hex'), templateVersion: TEMPLATE_VERSION };
}
