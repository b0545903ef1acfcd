import { describeAnswer, type AnswerOf } from './field.js';
import { bps, choice, day, decimal, id, instant, money, months, object, sha256, text, whole } from './fields.js';
import { FEE_ITEM_ZH, FEE_PAYEE_ZH, FEE_STANDARD_ZH, DISCLOSURE_MEANINGS, REPAYMENT_METHOD_MEANINGS } from './product.api.js';

export const COST_ITEM = describeAnswer('CostItem', 'callers', 'One item of what the loan costs.', {
  item: text(100, 'What is charged; `interest` for the interest.', 'interest'),
  itemZh: FEE_ITEM_ZH,
  payee: text(100, 'Who gets the money.', 'Sample Microloan Co.'),
  payeeZh: FEE_PAYEE_ZH,
  standard: text(200, 'The charging standard in words.', '6.35% a year'),
  standardZh: FEE_STANDARD_ZH,
  totalMinor: money('What it costs over the whole tenor.', '1041859'),
  annualBps: decimal('Its share of the annual cost.', 635, 'basis points'),
});

export const RATE_CAP = describeAnswer('RateCap', 'callers', 'The legal cap that the all-in rate was held against (G-PR-03).', {
  bps: whole(0, 100_000, 'The cap.', 2_400, 'basis points'),
  method: choice({ effective: 'Compounded over a year.', nominal: 'The rate of a period times their number.' }, 'How the rate is computed for it.'),
  testedBps: decimal('The rate of this offer, computed that way.', 654.12, 'basis points'),
});

export const SCHEDULE_ROW = describeAnswer('ScheduleRow', 'callers', 'One instalment as it would be.', {
  number: whole(1, 600, 'Number of the instalment, 1 for the first.', 1),
  dueOn: day('Day on which it is due.'),
  principalMinor: money('Principal of the instalment.', '2426300'),
  interestMinor: money('Interest of the instalment.', '158750'),
  totalMinor: money('Principal and interest together.', '2585050'),
  balanceMinor: money('Principal owed after it.', '27573700'),
});

export const COST_SHEET = describeAnswer(
  'CostSheet',
  'callers',
  'Everything the loan costs (综合融资成本, G-PR-01, G-PR-02); the borrower must have seen it before accepting.',
  {
    receivedMinor: money('What is paid out.'),
    items: object(COST_ITEM, 'Interest and every charge.').list(50),
    totalCostMinor: money('What all items cost together.', '1041859'),
    totalRepaidMinor: money('Everything that the borrower pays.', '31041859'),
    nominalAnnualRateBps: decimal('Nominal annual rate with all items in.', 635, 'basis points'),
    effectiveAnnualRateBps: decimal('Effective annual rate with all items in.', 654.12, 'basis points'),
    cap: object(RATE_CAP, 'The legal cap and how the offer stands to it.'),
    schedule: object(SCHEDULE_ROW, 'If the money were paid out on the day of the offer.').list(600),
    instalmentMinor: money('Amount of a usual instalment.', '2585050'),
  },
);
export type CostSheetAnswer = AnswerOf<typeof COST_SHEET>;

export const SHOWN_DISCLOSURE = describeAnswer(
  'ShownDisclosure',
  'callers',
  'A page of the lender with the text that was in force at the acceptance (R-AP-12).',
  {
    type: choice(DISCLOSURE_MEANINGS, 'Which page.'),
    textVersion: text(40, 'Version of the text that was in force.', 'disclosure-risk_warning.v1'),
    textId: text(80, 'The text that was shown; null where the acceptance named no hash.', 'disclosure-risk_warning.v1.zh-CN').nullable(),
    textSha256: sha256('Hash of the text that was shown; null where the acceptance named none.').nullable(),
  },
);
export type ShownDisclosureAnswer = AnswerOf<typeof SHOWN_DISCLOSURE>;

export const OFFER = describeAnswer('Offer', 'callers', 'An offer as it was issued.', {
  offerId: id('Id that an acceptance or a decline names.'),
  amountMinor: money('What is offered.'),
  rateBps: bps('Interest rate a year.'),
  effectiveAnnualRateBps: bps('Effective annual rate with all costs in, rounded.', 654),
  tenorMonths: months('Tenor.'),
  repaymentMethod: choice(REPAYMENT_METHOD_MEANINGS, 'How it is repaid.'),
  expiresAt: instant('When it expires.', '2026-03-09T01:00:00.000Z'),
  acceptedAt: instant('When it was accepted; null where it was not.').nullable(),
  disclosuresShown: object(SHOWN_DISCLOSURE, 'Pages with their texts, as the acceptance recorded them; null before it, and where it is older than the record.')
    .list(10)
    .nullable(),
  costSheet: object(COST_SHEET, 'All-in cost sheet.'),
});
export type OfferAnswer = AnswerOf<typeof OFFER>;
