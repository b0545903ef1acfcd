import { MAX_GUARANTORS } from '../facts.js';
import { IsMobileNumber, IsResidentId } from '../identifiers.js';
import { APPLICATION, COMPANY } from './application.api.js';
import { describeAnswer } from './field.js';
import { choice, currency, form, id, object, text, whole } from './fields.js';
import { CONSENT } from './document.api.js';
import { GUARANTOR_PROBLEMS, NAMED_GUARANTOR } from './guarantor.api.js';
import { DISCLOSURE_MEANINGS, REPAYMENT_METHOD_MEANINGS } from './product.api.js';
import { describeRoute } from './route.js';

export const LEGAL_REPRESENTATIVE = describeAnswer(
  'LegalRepresentative',
  'callers',
  'The person who signs for the firm; it goes to kyc-antifraud alone, and nowhere else.',
  {
    name: text(60, 'Name as on the identity card.', '测试甲'),
    idNumber: form(
      /^\d{17}[\dX]$/,
      '18 characters: 17 digits and a digit or X',
      'Resident id number (GB 11643); one with a wrong check digit or date of birth is refused.',
      '990101199001010019',
      [IsResidentId()],
    ),
    mobile: form(/^1[3-9]\d{9}$/, 'a mainland mobile number of 11 digits', 'Mobile number.', '13900000001', [IsMobileNumber()]),
  },
);

export const DEVICE = describeAnswer('Device', 'callers', 'What the partner’s front end saw of the device (R-AP-10).', {
  fingerprint: text(200, 'Fingerprint of the device.', 'device-1'),
  formFillSeconds: whole(0, 86_400, 'From the first to the last keystroke of the form.', 240, 'seconds'),
});

export const BANK_ACCOUNT = describeAnswer('BankAccount', 'callers', 'Account that the loan is to be paid to; it goes to disbursement alone.', {
  accountName: text(120, 'Name of the account’s holder, as the bank has it.', '样例商贸有限公司'),
  accountNumber: form(/^\d{8,32}$/, '8 to 32 digits', 'Number of the account.', '6200000000000001'),
});

/** Meaning of each use of money that an application can name. */
export const PURPOSE_MEANINGS = {
  working_capital: 'The running of the business.',
  purchase: 'Goods to be sold.',
  equipment: 'Machines and equipment.',
  rent: 'Rent of the premises.',
  payroll: 'Wages.',
  property: 'Land and buildings; barred.',
  securities: 'Stocks, bonds, funds and derivatives; barred.',
  equity: 'Shares of companies; barred.',
  debt_repayment: 'Repaying other debts; barred.',
} as const;

export const SUBMIT_BODY = describeAnswer('SubmitApplication', 'callers', 'An application.', {
  productCode: text(64, 'Product that is applied for.', 'invoice-loan'),
  requestedAmountMinor: form(/^-?\d{1,18}(\.\d{1,18})?$/, 'an amount in fen as a string', 'A whole, positive number of fen.', '30000000'),
  currency: currency('Currency of the amount.'),
  tenorMonths: whole(0, 10_000, 'Tenor that is asked for; the product says which are offered.', 12, 'months'),
  repaymentMethod: choice(REPAYMENT_METHOD_MEANINGS, 'How it is to be repaid.'),
  purpose: choice(
    PURPOSE_MEANINGS,
    'What the money is for. A use that the licence bars is declined at once (`PURPOSE_BARRED`); equipment is one where a bank lends (G-IL-05).',
  ),
  company: object(COMPANY, 'The firm that borrows.'),
  legalRepresentative: object(LEGAL_REPRESENTATIVE, 'The person who signs for it.'),
  device: object(DEVICE, 'The device that the form was filled in on.').optional(),
  bankAccount: object(BANK_ACCOUNT, 'Account that the loan is to be paid to.'),
  consents: object(CONSENT, 'Every consent that the product asks for.').list(20),
  guarantors: object(NAMED_GUARANTOR, 'Who is to stand for the loan; left out where nobody is, unless the product needs somebody.')
    .list(MAX_GUARANTORS)
    .optional(),
  disclosuresAcknowledged: choice(DISCLOSURE_MEANINGS, 'Pages that the applicant has seen and ticked (R-AP-12).').list(10),
  renewsLoanId: id(
    'Loan of the same firm that this one is to renew: no money is paid out, and the loan is repaid with the new one (G-CL-15). Left out for any other application.',
  ).optional(),
});

export const SUBMIT_APPLICATION = describeRoute({
  name: 'application_submit',
  method: 'PUT',
  path: '/v1/loan-applications/:applicationId',
  tag: 'Applications',
  summary: 'Apply for a loan',
  description: '201 where the application is new, 200 for the same content again.',
  body: SUBMIT_BODY,
  answers: {
    200: { meaning: 'The application is known already.', body: APPLICATION },
    201: { meaning: 'The application is new.', body: APPLICATION },
  },
  location: '/v1/loan-applications/:applicationId',
  problems: {
    409: {
      LIVE_APPLICATION_EXISTS: 'The firm has an application for this product that is still under way.',
      APPLICATION_NOT_POSSIBLE: 'No application of this firm can be taken at present.',
    },
    422: {
      AMOUNT_NEGATIVE: 'The amount is below zero.',
      AMOUNT_NOT_WHOLE_FEN: 'The amount is not a whole number of fen.',
      AMOUNT_OUT_OF_RANGE: 'The product does not lend this amount.',
      AMOUNT_NOT_A_MULTIPLE: 'The amount is not a whole multiple of the product’s step.',
      CURRENCY_NOT_OFFERED: 'The product is not lent in this currency.',
      TENOR_OUT_OF_RANGE: 'The product does not offer this tenor.',
      METHOD_NOT_OFFERED: 'The product is not repaid this way.',
      PRODUCT_UNKNOWN: 'There is no such product.',
      PRODUCT_CLOSED: 'The product takes no applications now.',
      CONSENT_MISSING: 'Consents that the product needs are missing.',
      CONSENT_NOT_OF_DRAFT: 'There is a draft under the id, and a consent is none that stands in it.',
      CONSENT_REPEATED: 'A consent is given twice.',
      CONSENT_TOO_OLD: 'A consent was granted too long ago.',
      CONSENT_IN_FUTURE: 'A consent is dated in the future.',
      RENEWAL_LOAN_UNKNOWN: 'The partner has no such loan of this firm.',
      ...GUARANTOR_PROBLEMS,
      DISCLOSURE_NOT_ACKNOWLEDGED: 'The applicant has not acknowledged every page.',
    },
  },
});
