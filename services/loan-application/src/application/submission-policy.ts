import { CURRENCY, formatMinor, type ConsentType, type RepaymentMethod } from '@millrace/contracts';
import type { Policy } from '@millrace/policy';
import type { SubmissionRefusal } from '../request/submission-refusal.js';
import { givenConsentsRefusal, missingConsents } from '../text/given-consents.js';

/** What is checked of a submission; field forms are the DTO's business. */
export interface SubmittedTerms {
  readonly requestedAmountMinor: string;
  readonly currency: string;
  readonly tenorMonths: number;
  readonly repaymentMethod: RepaymentMethod;
  readonly consents: readonly { readonly consentId: string; readonly type: ConsentType; readonly grantedAt: string }[];
  readonly disclosuresAcknowledged: readonly string[];
}

/** Limits of the product that a submission is held against. */
export interface ProductLimits {
  readonly status: 'open' | 'closed';
  readonly minAmountMinor: string;
  readonly maxAmountMinor: string;
  readonly amountStepMinor: string;
  readonly minTenorMonths: number;
  readonly maxTenorMonths: number;
  readonly repaymentMethods: readonly RepaymentMethod[];
  readonly requiredConsents: readonly ConsentType[];
}

/** What consents and pages are held against. */
export type SubmissionRules = Pick<Policy, 'consent' | 'disclosure'>;

const refuse = (code: string, title: string, detail: string, field?: string): SubmissionRefusal => ({
  status: 422,
  code,
  title,
  detail,
  ...(field ? { field } : {}),
});

function amountRefusal(amount: string, product: ProductLimits): SubmissionRefusal | undefined {
  const field = 'requestedAmountMinor';
  if (amount.startsWith('-')) return refuse('AMOUNT_NEGATIVE', 'The requested amount is negative.', 'Send a positive whole number of fen.', field);
  if (amount.includes('.') || (amount.startsWith('0') && amount !== '0')) {
    return refuse(
      'AMOUNT_NOT_WHOLE_FEN',
      'The requested amount is not a whole number of fen.',
      'Send a whole number without decimals or leading zeros, e.g. 30000000 for 300,000.00 yuan.',
      field,
    );
  }
  const minor = BigInt(amount);
  const [min, max, step] = [BigInt(product.minAmountMinor), BigInt(product.maxAmountMinor), BigInt(product.amountStepMinor)];
  if (minor < min || minor > max) {
    return refuse('AMOUNT_OUT_OF_RANGE', 'The product does not lend this amount.', `Ask for ${formatMinor(min)} to ${formatMinor(max)} yuan.`, field);
  }
  if (minor % step !== 0n)
    return refuse(
      'AMOUNT_NOT_A_MULTIPLE',
      'The requested amount is not a whole multiple of the product’s step.',
      `Ask for a multiple of ${formatMinor(step)} yuan.`,
      field,
    );
  return undefined;
}

function consentRefusal(
  { consents, disclosuresAcknowledged }: SubmittedTerms,
  product: ProductLimits,
  { consent: { maxAgeDays }, disclosure }: SubmissionRules,
  now: Date,
): SubmissionRefusal | undefined {
  const missing = missingConsents(consents, product.requiredConsents);
  if (missing.length > 0) return refuse('CONSENT_MISSING', 'Consents that the product needs are missing.', `Missing: ${missing.join(', ')}.`, 'consents');
  const given = givenConsentsRefusal(consents, maxAgeDays, now, 'consents');
  if (given) return given;
  const unseen = disclosure.requiredPages.filter((page) => !disclosuresAcknowledged.includes(page));
  if (unseen.length > 0)
    return refuse('DISCLOSURE_NOT_ACKNOWLEDGED', 'The applicant has not acknowledged every page.', `Missing: ${unseen.join(', ')}.`, 'disclosuresAcknowledged');
  return undefined;
}

/** Holds a submission against its product (M-AP-01: fields valid, all consents, product open). */
export function submissionRefusal(terms: SubmittedTerms, product: ProductLimits | undefined, rules: SubmissionRules, now: Date): SubmissionRefusal | undefined {
  if (!product) return refuse('PRODUCT_UNKNOWN', 'There is no such product.', 'GET /v1/products lists them.', 'productCode');
  if (product.status !== 'open')
    return refuse('PRODUCT_CLOSED', 'The product takes no applications now.', 'GET /v1/products lists the open ones.', 'productCode');
  if (terms.currency !== CURRENCY) return refuse('CURRENCY_NOT_OFFERED', 'The product is not lent in this currency.', `Send ${CURRENCY}.`, 'currency');
  const amount = amountRefusal(terms.requestedAmountMinor, product);
  if (amount) return amount;
  if (terms.tenorMonths < product.minTenorMonths || terms.tenorMonths > product.maxTenorMonths) {
    return refuse(
      'TENOR_OUT_OF_RANGE',
      'The product is not lent for this long.',
      `Ask for ${product.minTenorMonths} to ${product.maxTenorMonths} months.`,
      'tenorMonths',
    );
  }
  if (!product.repaymentMethods.includes(terms.repaymentMethod)) {
    return refuse('METHOD_NOT_OFFERED', 'The product is not repaid this way.', `Choose one of: ${product.repaymentMethods.join(', ')}.`, 'repaymentMethod');
  }
  return consentRefusal(terms, product, rules, now);
}

/** A loan of another firm or partner is answered as one that there is not (R-OP-06). */
export function renewalRefusal(
  { renewsLoanId }: { readonly renewsLoanId?: string | undefined },
  { renewable }: { readonly renewable: boolean },
): SubmissionRefusal | undefined {
  if (renewsLoanId === undefined || renewable) return undefined;
  return refuse(
    'RENEWAL_LOAN_UNKNOWN',
    'There is no such loan of this firm that can be renewed.',
    'Name a loan that the same partner has brought and the same firm owes.',
    'renewsLoanId',
  );
}

/** What stands in the way of a further application of a firm. */
export interface FirmStanding {
  /** An application of the same partner for the product is under way. */
  readonly liveOfPartner: boolean;
  /** One is under way at all. */
  readonly live: boolean;
  /** A refusal blocks the firm for a time. */
  readonly blocked: boolean;
}

/**
 * Why a firm cannot apply now. A partner is told of its own application that is under way; all else has one answer, without cause and date: what
 * another partner has done, or why a firm was refused, can be told from nothing (R-LG-02, R-OP-06).
 */
export function standingRefusal({ liveOfPartner, live, blocked }: FirmStanding): SubmissionRefusal | undefined {
  if (liveOfPartner) {
    return {
      status: 409,
      code: 'LIVE_APPLICATION_EXISTS',
      title: 'The firm has an application for this product that is still under way.',
      detail: 'Follow that one, or cancel it first.',
    };
  }
  if (!live && !blocked) return undefined;
  return {
    status: 409,
    code: 'APPLICATION_NOT_POSSIBLE',
    title: 'No application of this firm can be taken at present.',
    detail: 'It may be tried again later. What there is to say about it, the lender says to the firm itself.',
  };
}
