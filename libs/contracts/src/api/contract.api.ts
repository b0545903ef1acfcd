import { ACCOUNT_CHANGE_STATUSES } from '../statuses.js';
import { APPLICATION } from './application.api.js';
import { CLAUSES } from './clauses.api.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { choice, id, object, sha256, text } from './fields.js';
import { SIGNATURE_PROOF, TRANSLATED } from './document.api.js';
import { describeRoute } from './route.js';
import { BANK_ACCOUNT } from './submit.api.js';

export const SIGNATURE = describeAnswer('Signature', 'callers', 'All that a court needs to check a signature by itself (R-LG-10).', {
  signatureId: id('Id of the signature.'),
  signerRole: choice({ borrower: 'The firm that borrows.', lender: 'The lender.' }, 'Who signed.'),
  signerUscc: text(18, 'Unified social credit code of who signed.', '91990100MA0TE00010'),
  ...SIGNATURE_PROOF,
});
export type SignatureAnswer = AnswerOf<typeof SIGNATURE>;

const SIGNATURES = object(SIGNATURE, 'Empty until all parties have signed.').list(10);

export const CONTRACT = describeAnswer('Contract', 'callers', 'Text and hash of a contract.', {
  contractId: id('Id of the contract.'),
  contractSha256: sha256('Hash of the text; what is signed.'),
  text: text(200_000, 'The text in Chinese, whatever the language of the answer: this is what binds.', '借款合同'),
  translation: TRANSLATED,
  clauses: object(CLAUSES, 'What the text says of lateness, misuse and early repayment; null for a wording of before, which says nothing of it.').nullable(),
  signatures: SIGNATURES,
});
export type ContractAnswer = AnswerOf<typeof CONTRACT>;

export const SIGN_BODY = describeAnswer('SignContract', 'callers', 'Body of a signature: what the signatory has seen.', {
  contractSha256: sha256(
    'Hash of the contract, or of the contract of a guarantor who signs; after a refused payout, `addendumSha256` of the open account change.',
  ),
});

export const ACCOUNT_CHANGE = describeAnswer('AccountChange', 'callers', 'The addendum that an account change is signed by.', {
  accountChangeId: id('Id that the client made.'),
  payeeRecordId: id('Record of the account; the addendum states it.'),
  payeeAccount: text(40, 'Masked number of the account.', '6200********0001'),
  addendumSha256: sha256('What is signed: send it as `contractSha256` of a signature.'),
  text: text(200_000, 'The text of the addendum in Chinese: this is what binds.', '补充协议'),
  translation: TRANSLATED,
  status: choice(ACCOUNT_CHANGE_STATUSES, 'Where it stands.'),
  signatures: SIGNATURES,
});
export type AccountChangeAnswer = AnswerOf<typeof ACCOUNT_CHANGE>;

export const PROPOSE_ACCOUNT_BODY = describeAnswer('ProposeAccount', 'callers', 'Another account for a payout that the bank has refused.', {
  bankAccount: object(BANK_ACCOUNT, 'Account that the loan is to be paid to now.'),
});

const ONE = '/v1/loan-applications/:applicationId';
const AT_OWNER = '/loan-applications/:applicationId';

export const SHOW_CONTRACT = describeRoute({
  name: 'contract_show',
  method: 'GET',
  path: `${ONE}/contract`,
  owner: { service: 'loan-application', path: `${AT_OWNER}/contract` },
  tag: 'Offer and contract',
  summary: 'Text and hash of the contract',
  answers: { 200: { meaning: 'The contract.', body: CONTRACT } },
});

export const SIGN_CONTRACT = describeRoute({
  name: 'contract_sign',
  method: 'PUT',
  path: `${ONE}/signatures/:signatureId`,
  owner: { service: 'loan-application', path: `${AT_OWNER}/signatures/:signatureId` },
  tag: 'Offer and contract',
  summary: 'Sign the contract, the contract of a guarantor, or an addendum',
  description:
    'The signature service is asked afterwards; the application at `location` tells when it is signed. Guarantors sign before the borrower, each the hash of its own contract (`GET …/guarantors`).',
  body: SIGN_BODY,
  answers: { 202: { meaning: 'The signature is on its way.', body: APPLICATION } },
  location: ONE,
  problems: {
    409: {
      CONTRACT_HASH_MISMATCH: 'This is not the hash of what can be signed now.',
      GUARANTOR_NOT_SIGNED: 'A guarantor has not signed yet, and the borrower signs last.',
      CONTRACT_EXPIRED: 'The time to sign is over.',
      SIGNATURE_PENDING: 'A signature is on its way already.',
      GUARANTOR_SIGNED_ALREADY: 'The guarantor has signed.',
    },
  },
});

export const PROPOSE_ACCOUNT = describeRoute({
  name: 'accountChange_propose',
  method: 'PUT',
  path: `${ONE}/account-changes/:accountChangeId`,
  tag: 'Offer and contract',
  summary: 'Propose another account after a refused payout',
  description: 'Drafts an addendum to the contract. Once its hash is signed as the contract was, the payment officer may order the payout to the new account.',
  body: PROPOSE_ACCOUNT_BODY,
  answers: { 200: { meaning: 'The addendum.', body: ACCOUNT_CHANGE } },
  problems: {
    409: { ACCOUNT_NOT_NEW: 'The bank has refused this account, or it is the one that stands.', SIGNATURE_PENDING: 'A signature is on its way already.' },
  },
});

export const SHOW_ACCOUNT_CHANGE = describeRoute({
  name: 'accountChange_show',
  method: 'GET',
  path: `${ONE}/account-changes/:accountChangeId`,
  owner: { service: 'loan-application', path: `${AT_OWNER}/account-changes/:accountChangeId` },
  tag: 'Offer and contract',
  summary: 'Text, hash and signatures of the addendum',
  answers: { 200: { meaning: 'The addendum.', body: ACCOUNT_CHANGE } },
});
