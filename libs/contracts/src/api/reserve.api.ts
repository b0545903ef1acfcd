import { describeAnswer, type AnswerOf } from './field.js';
import { choice, day, form, id, instant, money, object, queryWhole, text, whole } from './fields.js';
import { describeRoute } from './route.js';

const MONITORING = 'post-loan-monitoring';
const ROWS_MAX = 2_000;
const CURRENCIES_MAX = 20;

/** What an operational loss has come from. */
export const RESERVE_USE_REASONS = {
  internal_fraud: 'Somebody of the lender has defrauded it.',
  external_fraud: 'Somebody else has, or has broken into its systems.',
  system_failure: 'A system failed or was away.',
  process_error: 'A process was carried out wrongly, e.g. money was paid twice.',
  legal: 'A customer, a partner or an authority was to be compensated.',
  damage: 'Something was damaged or lost.',
} as const;

/** Why the reserve is topped up beyond its plan. */
export const RESERVE_TOP_UP_REASONS = {
  loss_expected: 'An operational loss is on its way that the reserve could not bear.',
  plan_short: 'The plan has put in less than the business asks for.',
  supervisor: 'The supervisor has asked for it.',
} as const;

const amount = () => money('What is to be moved; more than zero.', '500000');
const currency = () => form(/^[A-Z]{3}$/, 'three capital letters (ISO 4217)', 'Currency.', 'CNY');

export const RESERVE_REQUEST = describeAnswer('ReserveRequest', 'staff', 'A request to move the reserve for operational risk, as it stands now.', {
  requestId: id('Id of the request.'),
  kind: choice({ use: 'An operational loss is taken from it.', top_up: 'It is topped up beyond its plan.' }, 'What is asked for.'),
  state: choice(
    {
      requested: 'Two persons have not decided yet; nothing is changed.',
      applied: 'The reserve was moved.',
      refused: 'The reserve stays as it was.',
    },
    'Where it stands.',
  ),
  amountMinor: amount(),
  currency: currency(),
  eventReference: text(100, 'The operational loss event, as the lender names it; null where the reserve is topped up.', 'OL-2028-0007').nullable(),
  reason: choice({ ...RESERVE_USE_REASONS, ...RESERVE_TOP_UP_REASONS }, 'Why.'),
  taskId: id('The question that two persons answer.'),
  requestedAt: instant('When it was asked for.', '2028-05-03T02:00:00.000Z'),
});
export type ReserveRequestAnswer = AnswerOf<typeof RESERVE_REQUEST>;

export const USE_RESERVE_BODY = describeAnswer('UseReserve', 'callers', 'An operational loss that the reserve is to bear.', {
  amountMinor: amount(),
  currency: currency(),
  reason: choice(RESERVE_USE_REASONS, 'What the loss has come from.'),
  eventReference: form(
    /^[\x21-\x7e]{1,100}$/,
    '1 to 100 printable ASCII characters without spaces',
    'The lender’s own name of the loss event.',
    'OL-2028-0007',
  ),
});

export const TOP_UP_RESERVE_BODY = describeAnswer('TopUpReserve', 'callers', 'What is to be put into the reserve beyond its plan.', {
  amountMinor: amount(),
  currency: currency(),
  reason: choice(RESERVE_TOP_UP_REASONS, 'Why.'),
});

const ANSWERS = {
  200: { meaning: 'The request is known already; as it stands now.', body: RESERVE_REQUEST },
  202: { meaning: 'The request is new and waits for two persons.', body: RESERVE_REQUEST },
} as const;

export const USE_RESERVE = describeRoute({
  name: 'reserve_use',
  method: 'PUT',
  path: '/v1/reserve/uses/:reserveUseId',
  owner: { service: MONITORING, path: '/reserve/uses/:reserveUseId' },
  tag: 'Reports',
  summary: 'Ask that the reserve for operational risk bear a loss',
  description: 'Two persons decide, beside whoever asks (`lendctl held`); then the amount leaves the reserve by one entry of that day.',
  body: USE_RESERVE_BODY,
  answers: ANSWERS,
  problems: {
    409: {
      RESERVE_TOO_SMALL: 'There is less in the reserve than is to be taken from it.',
      RESERVE_EVENT_KNOWN: 'The reserve was asked to bear this loss already.',
    },
  },
});

export const TOP_UP_RESERVE = describeRoute({
  name: 'reserve_topUp',
  method: 'PUT',
  path: '/v1/reserve/top-ups/:reserveTopUpId',
  owner: { service: MONITORING, path: '/reserve/top-ups/:reserveTopUpId' },
  tag: 'Reports',
  summary: 'Ask that the reserve for operational risk be topped up',
  description: 'Two persons decide, beside whoever asks (`lendctl held`); then the amount goes into the reserve by one entry of that day, as an expense.',
  body: TOP_UP_RESERVE_BODY,
  answers: ANSWERS,
});

export const RESERVE_ROW = describeAnswer('ReserveRow', 'right:portfolioReport', 'A movement of the reserve for operational risk.', {
  movementId: id('Id of the movement.'),
  on: day('Business date from which it counts.', '2028-04-30'),
  kind: choice(
    { accrual: 'The plan has put it in.', use: 'An operational loss has taken it.', top_up: 'Persons have put it in beyond the plan.' },
    'What has moved it.',
  ),
  currency: currency(),
  amountMinor: money('What has gone in; less than zero where it was taken out.', '50000'),
  balanceMinor: money('What was in reserve after it.', '50000'),
  base: choice(
    {
      outstanding_principal: 'Principal that was owed at the end of the month.',
      income_of_year: 'Interest, charges for lateness and fees of the year so far.',
    },
    'What the plan takes its rate of; null for what persons have moved.',
  ).nullable(),
  baseMinor: money('How much that was.', '100000000').nullable(),
  rateBps: whole(0, 10_000, 'Yearly rate of the plan.', 60, 'basis points').nullable(),
  policyVersion: text(64, 'Release that has the plan.', 'online_microloan.v13').nullable(),
  eventReference: text(100, 'The operational loss event; null for others.', 'OL-2028-0007').nullable(),
  reason: choice({ ...RESERVE_USE_REASONS, ...RESERVE_TOP_UP_REASONS }, 'Why persons have moved it.').nullable(),
  requestId: id('The request that it follows.').nullable(),
});
export type ReserveRowAnswer = AnswerOf<typeof RESERVE_ROW>;

export const RESERVE_BALANCE = describeAnswer('ReserveBalance', 'right:portfolioReport', 'What is in reserve of one currency.', {
  currency: currency(),
  balanceMinor: money('What is in reserve.', '50000'),
});

export const RESERVE = describeAnswer('Reserve', 'right:portfolioReport', 'The reserve for operational risk at the end of a day, and what has moved it.', {
  day: day('The day.', '2028-04-30'),
  from: day('First day of the movements.', '2027-05-01'),
  balances: object(RESERVE_BALANCE, 'What is in reserve at the end of the day, by currency; empty where nothing was ever put in.').list(CURRENCIES_MAX),
  items: object(RESERVE_ROW, 'The movements, oldest first.').list(ROWS_MAX),
});
export type ReserveAnswer = AnswerOf<typeof RESERVE>;

export const SHOW_RESERVE = describeRoute({
  name: 'report_reserve',
  method: 'GET',
  path: '/v1/reports/reserve',
  owner: { service: MONITORING, path: '/reports/reserve' },
  tag: 'Reports',
  summary: 'The reserve for operational risk by day',
  query: {
    date: day('The day; today where it is not given.', '2028-04-30').optional(),
    months: queryWhole(1, 60, 'Months to go back over; 12 where it is not given.', 12),
    format: choice(
      { json: 'The whole answer.', csv: 'Its movements, with a line of names before them (RFC 4180, UTF-8).' },
      'Form of the answer, instead of `accept`.',
    ).optional(),
  },
  answers: { 200: { meaning: 'The reserve.', body: RESERVE } },
  csv: 'items',
});
