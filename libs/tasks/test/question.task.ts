import type { TaskKind } from '../src/index.js';

/** A command that needs a second person. */
export const QUESTION: TaskKind = {
  kind: 'test-question',
  question: 'On which day was it?',
  subject: 'application',
  roles: ['payment_officer'],
  vote: { kind: 'two-persons' },
  independentOf: [],
  due: { hours: 24 },
  decisions: [
    { name: 'paid-on', meaning: 'It was on this day.', parameters: { paidOn: 'date' }, reasons: ['BANK_STATEMENT_SEEN', 'BANK_CONFIRMED'] },
    { name: 'refuse', meaning: 'It was never.', parameters: {}, reasons: ['BANK_SHOWS_OTHERWISE'] },
  ],
};
