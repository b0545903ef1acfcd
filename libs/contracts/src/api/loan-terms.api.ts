import { describeAnswer } from './field.js';
import { bps, choice, day, form, id, money, months, object, sha256, whole } from './fields.js';
import { CHANGE_PROBLEMS, WAITING_ANSWERS } from './loan-change.api.js';
import { describeRoute } from './route.js';

const AT = (path: string) => ({ service: 'post-loan-monitoring', path: `/loans/:loanId/${path}` }) as const;

/** How a guarantor stands for a loan. */
export const GUARANTEE_KINDS = {
  joint: 'Beside the borrower: it can be asked to pay at once (连带责任保证).',
  general: 'After the borrower: only what cannot be enforced there (一般保证).',
} as const;
export type GuaranteeKind = keyof typeof GUARANTEE_KINDS;

export const RECORD_GUARANTEE_BODY = describeAnswer(
  'RecordGuarantee',
  'callers',
  'Who stands for a loan beside its borrower, as the contract of guarantee says.',
  {
    guarantorRef: form(
      /^[A-Z0-9-]{4,40}$/,
      '4 to 40 capital letters, digits and hyphens',
      'The lender’s own reference of the guarantor; no name and no number of an identity.',
      'GUARANTOR-0007',
    ),
    kind: choice(GUARANTEE_KINDS, 'How it stands for the loan.'),
    limitMinor: money('Most that it pays.', '50000000'),
    periodMonths: months('Months after the maturity in which it can be asked to pay; absent where the contract does not say: six (G-EC-04).', 6).optional(),
    contractSha256: sha256('Hash of the contract of guarantee.'),
  },
);

export const RECORD_GUARANTEE = describeRoute({
  name: 'loan_guarantee',
  method: 'PUT',
  path: '/v1/loans/:loanId/guarantees/:guaranteeId',
  owner: AT('guarantees/:guaranteeId'),
  tag: 'Loans',
  summary: 'Record who stands for a loan',
  description: 'Two persons decide (`lendctl held`). From then on the loan is extended only with the guarantor’s consent in writing.',
  body: RECORD_GUARANTEE_BODY,
  answers: WAITING_ANSWERS,
  problems: { 409: CHANGE_PROBLEMS, 422: { GUARANTEE_NOT_POSSIBLE: 'The limit is zero, or the time in which it could be claimed is over.' } },
});

export const GUARANTOR_CONSENT = describeAnswer('GuarantorConsent', 'callers', 'A guarantor’s consent in writing to a change of the loan.', {
  guaranteeId: id('The guarantee.'),
  documentSha256: sha256('Hash of the written consent.'),
});

/** Why a borrower asks for a longer term. */
export const EXTENSION_REASONS = {
  late_receivables: 'The borrower’s customers pay later than agreed.',
  season: 'The season has moved, or its crop.',
  supply: 'Goods or materials come later than agreed.',
  other: 'Another reason, as the document says.',
} as const;

export const EXTEND_LOAN_BODY = describeAnswer('ExtendLoan', 'callers', 'By how long the term is to be extended.', {
  months: months('Months that the term becomes longer by.', 6),
  reason: choice(EXTENSION_REASONS, 'Why the borrower asks for it.'),
  requestSha256: sha256('Hash of the borrower’s written request.'),
  consents: object(GUARANTOR_CONSENT, 'Consent of each guarantor; empty where there is none.').list(20),
});

export const EXTEND_LOAN = describeRoute({
  name: 'loan_extend',
  method: 'PUT',
  path: '/v1/loans/:loanId/extensions/:extensionId',
  owner: AT('extensions/:extensionId'),
  tag: 'Loans',
  summary: 'Ask that the term of a loan be extended',
  description:
    'Asked before the maturity, for a loan that is at most 30 days late; in all by no more than the first term, or by half of one longer than a year (G-WC-07). Two persons decide (`lendctl held`); the schedule of before is kept.',
  body: EXTEND_LOAN_BODY,
  answers: WAITING_ANSWERS,
  problems: {
    409: { ...CHANGE_PROBLEMS, EXTENSION_NOT_OPEN: 'The loan has matured, or is late for too long.' },
    422: {
      EXTENSION_TOO_LONG: 'The term would be longer than the law allows.',
      GUARANTOR_CONSENT_MISSING: 'A guarantor has not agreed in writing (G-EC-05).',
    },
  },
});

/** Why a borrower cannot pay by the terms of the loan. */
export const HARDSHIPS = {
  loss_of_customers: 'The borrower has lost customers on whom it lived.',
  disaster: 'A disaster, an epidemic, or an order of the authorities.',
  illness: 'Illness or death of the owner.',
  insolvency_of_debtor: 'Somebody who owes the borrower cannot pay.',
  other: 'Another hardship, as the document says.',
} as const;

export const RESTRUCTURE_LOAN_BODY = describeAnswer(
  'RestructureLoan',
  'callers',
  'New terms for a borrower who cannot pay by the old ones; at least one of them is given.',
  {
    rateBps: bps('Interest rate a year from the day of the decision on.', 500).optional(),
    firstDueOn: day('First of the new dates; the others are months apart. Given together with `instalments`.', '2026-10-02').optional(),
    instalments: whole(1, 600, 'How many dates there are from then on; at least as many as are not due yet.', 18).optional(),
    hardship: choice(HARDSHIPS, 'Why the borrower cannot pay.'),
    evidenceSha256: sha256('Hash of the documents that show the hardship.'),
    consents: object(GUARANTOR_CONSENT, 'Consents of guarantors; one who has not agreed is bound as before (G-EC-05).').list(20),
  },
);

export const RESTRUCTURE_LOAN = describeRoute({
  name: 'loan_restructure',
  method: 'PUT',
  path: '/v1/loans/:loanId/restructurings/:restructuringId',
  owner: AT('restructurings/:restructuringId'),
  tag: 'Loans',
  summary: 'Ask that a loan be restructured',
  description:
    'What is late is moved into what is not due yet, and that is laid out by the new terms. A committee decides. The loan is then at least special mention and observed for twelve months; restructured again meanwhile it is at least substandard (G-CL-13).',
  body: RESTRUCTURE_LOAN_BODY,
  answers: WAITING_ANSWERS,
  problems: {
    409: CHANGE_PROBLEMS,
    422: { TERMS_NOT_POSSIBLE: 'There are no new terms, or the loan cannot be laid out by them.' },
  },
});
