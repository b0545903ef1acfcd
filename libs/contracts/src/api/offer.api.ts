import { Equals } from 'class-validator';
import { APPLICATION } from './application.api.js';
import { describeAnswer, Field } from './field.js';
import { choice, code, flag, id, object, sha256 } from './fields.js';
import { OFFER } from './offer-terms.api.js';
import { DISCLOSURE_MEANINGS } from './product.api.js';
import { describeRoute } from './route.js';

/** True and nothing else: the borrower has read the all-in cost sheet (G-PR-02). */
const ACKNOWLEDGED = flag('True: the borrower has read the all-in cost sheet (G-PR-02).', true, [
  Equals(true, { message: 'costSheetAcknowledged must be true' }),
]) as Field<true, false>;

export const NAMED_DISCLOSURE = describeAnswer('NamedDisclosure', 'callers', 'A page that the applicant was shown, by the hash of its text.', {
  type: choice(DISCLOSURE_MEANINGS, 'Which page.'),
  textSha256: sha256('`textSha256` of the text that was shown, as `GET /v1/disclosures` gives it; it must be in force.'),
});

export const ACCEPT_OFFER_BODY = describeAnswer('AcceptOffer', 'callers', 'Body of an acceptance.', {
  offerId: id('The offer that is accepted.'),
  costSheetAcknowledged: ACKNOWLEDGED,
  disclosuresShown: object(NAMED_DISCLOSURE, 'Pages that the applicant was shown, by hash. Without it the versions in force are recorded.').list(10).optional(),
});

export const DECLINE_OFFER_BODY = describeAnswer('DeclineOffer', 'callers', 'Body of a decline.', {
  offerId: id('The offer that is declined.'),
  reasonCode: code('Why, in the caller’s own words.', 'RATE_TOO_HIGH').optional(),
});

const MISMATCH = { OFFER_MISMATCH: 'Another offer stands.' } as const;
const ONE = '/v1/loan-applications/:applicationId';
const AT_OWNER = '/loan-applications/:applicationId';

export const SHOW_OFFER = describeRoute({
  name: 'offer_show',
  method: 'GET',
  path: `${ONE}/offer`,
  owner: { service: 'loan-application', path: `${AT_OWNER}/offer` },
  tag: 'Offer and contract',
  summary: 'The offer with its all-in cost sheet',
  description: 'An offer can be accepted once the applicant’s side has fetched it.',
  answers: { 200: { meaning: 'The offer.', body: OFFER } },
});

export const ACCEPT_OFFER = describeRoute({
  name: 'offer_accept',
  method: 'PUT',
  path: `${ONE}/offer-acceptances/:acceptanceId`,
  owner: { service: 'loan-application', path: `${AT_OWNER}/offer-acceptances/:acceptanceId` },
  tag: 'Offer and contract',
  summary: 'Accept the offer; the contract is generated',
  body: ACCEPT_OFFER_BODY,
  answers: { 200: { meaning: 'The application as it stands now.', body: APPLICATION } },
  problems: {
    409: { ...MISMATCH, OFFER_EXPIRED: 'The offer has expired.', COST_SHEET_NOT_SHOWN: 'The applicant’s side has not fetched the offer yet.' },
    422: { DISCLOSURE_TEXT_NOT_IN_FORCE: 'A hash is not that of a page in force; the detail says which is.' },
  },
});

export const DECLINE_OFFER = describeRoute({
  name: 'offer_decline',
  method: 'PUT',
  path: `${ONE}/offer-declines/:declineId`,
  owner: { service: 'loan-application', path: `${AT_OWNER}/offer-declines/:declineId` },
  tag: 'Offer and contract',
  summary: 'Decline the offer; the firm may apply again at once',
  body: DECLINE_OFFER_BODY,
  answers: { 200: { meaning: 'The application as it stands now.', body: APPLICATION } },
  problems: { 409: MISMATCH },
});
