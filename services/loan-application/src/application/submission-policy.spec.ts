import { CONSENT_TYPES, newId } from '@millrace/contracts';
import { standingRefusal, submissionRefusal, type ProductLimits, type SubmissionRules, type SubmittedTerms } from './submission-policy.js';

const now = new Date('2026-03-02T01:00:00Z');
const product: ProductLimits = {
  status: 'open',
  minAmountMinor: '1000000',
  maxAmountMinor: '300000000',
  amountStepMinor: '10000',
  minTenorMonths: 3,
  maxTenorMonths: 24,
  repaymentMethods: ['equal_instalment', 'bullet'],
  requiredConsents: [...CONSENT_TYPES],
};
const consents = CONSENT_TYPES.map((type) => ({ consentId: newId(), type, grantedAt: '2026-03-02T00:59:00Z' }));
const rules: SubmissionRules = { consent: { maxAgeDays: 30 }, disclosure: { requiredPages: ['risk_warning', 'cost_explainer'], topReasons: 4 } };
const terms: SubmittedTerms = {
  requestedAmountMinor: '30000000',
  currency: 'CNY',
  tenorMonths: 12,
  repaymentMethod: 'equal_instalment',
  consents,
  disclosuresAcknowledged: ['risk_warning', 'cost_explainer'],
};

test('S01: a complete submission is not refused', () => {
  expect(submissionRefusal(terms, product, rules, now)).toBeUndefined();
});

test.each<[string, Partial<SubmittedTerms>]>([
  ['AMOUNT_NEGATIVE', { requestedAmountMinor: '-30000000' }],
  ['AMOUNT_NOT_WHOLE_FEN', { requestedAmountMinor: '30000000.5' }],
  ['AMOUNT_NOT_WHOLE_FEN', { requestedAmountMinor: '030000000' }],
  ['AMOUNT_OUT_OF_RANGE', { requestedAmountMinor: '0' }],
  ['AMOUNT_OUT_OF_RANGE', { requestedAmountMinor: '999999' }],
  ['AMOUNT_OUT_OF_RANGE', { requestedAmountMinor: '300000001' }],
  ['AMOUNT_NOT_A_MULTIPLE', { requestedAmountMinor: '30000001' }],
  ['TENOR_OUT_OF_RANGE', { tenorMonths: 2 }],
  ['TENOR_OUT_OF_RANGE', { tenorMonths: 25 }],
  ['METHOD_NOT_OFFERED', { repaymentMethod: 'interest_monthly' }],
  ['CURRENCY_NOT_OFFERED', { currency: 'USD' }],
  ['CONSENT_MISSING', { consents: consents.slice(1) }],
  ['CONSENT_REPEATED', { consents: [...consents, { ...consents[0]!, consentId: newId() }] }],
  ['CONSENT_REPEATED', { consents: consents.map((consent) => ({ ...consent, consentId: consents[0]!.consentId })) }],
  ['CONSENT_IN_FUTURE', { consents: consents.map((consent) => ({ ...consent, grantedAt: '2026-03-02T01:00:01Z' })) }],
  ['DISCLOSURE_NOT_ACKNOWLEDGED', { disclosuresAcknowledged: ['risk_warning'] }],
])('M-AP-01, R-AP-12: %s', (code, change) => {
  expect(submissionRefusal({ ...terms, ...change }, product, rules, now)).toMatchObject({ status: 422, code });
});

test('SEC-14: a consent may be as old as the parameter says, to the instant, and no older', () => {
  const granted = (grantedAt: string) => submissionRefusal({ ...terms, consents: consents.map((one) => ({ ...one, grantedAt })) }, product, rules, now);
  expect(granted('2026-01-31T01:00:00Z')).toBeUndefined();
  expect(granted('2026-01-31T00:59:59.999Z')).toMatchObject({ status: 422, code: 'CONSENT_TOO_OLD', field: 'consents' });
  expect(granted('1999-01-01T00:00:00Z')).toMatchObject({ code: 'CONSENT_TOO_OLD' });
});

test('an unknown and a closed product are told apart', () => {
  expect(submissionRefusal(terms, undefined, rules, now)).toMatchObject({ code: 'PRODUCT_UNKNOWN' });
  expect(submissionRefusal(terms, { ...product, status: 'closed' }, rules, now)).toMatchObject({ code: 'PRODUCT_CLOSED' });
});

test('SEC-12: another partner’s live application and a block have one answer, without cause and date', () => {
  const nothing = { liveOfPartner: false, live: false, blocked: false };
  expect(standingRefusal(nothing)).toBeUndefined();
  const ofOther = standingRefusal({ ...nothing, live: true });
  expect(ofOther).toMatchObject({ status: 409, code: 'APPLICATION_NOT_POSSIBLE' });
  expect(standingRefusal({ ...nothing, blocked: true })).toEqual(ofOther);
  expect(standingRefusal({ ...nothing, live: true, blocked: true })).toEqual(ofOther);
  expect(JSON.stringify(ofOther)).not.toMatch(/\d{4}-\d{2}|declined|fraud|partner/);
  expect(standingRefusal({ liveOfPartner: true, live: true, blocked: true })).toMatchObject({ code: 'LIVE_APPLICATION_EXISTS' });
});
