import { describeAnswer } from './field.js';
import { choice, code, instant, text } from './fields.js';

export const RECHECK_LINE = describeAnswer('RecheckLine', 'callers', 'One thing that was looked at again before the payment.', {
  check: text(
    40,
    'What was looked at: `lists`, `courts`, `registry`, `overdue_elsewhere`, `score`, `consents`, `contract`, `guarantees`, `overdue_here`, `facility`, `finding`, `payee`, `obligor_cap`, `evidence`, `liquidity`, `industry_concentration`, `portfolio_caps`.',
    'courts',
  ),
  outcome: choice(
    {
      passed: 'It is as good as when the loan was decided.',
      failed: 'It speaks against the payment.',
      too_old: 'What is known of it is too old, and is asked for again.',
      at_payment: 'It is looked at in the moment of the payment itself.',
      not_checked: 'Nobody can look at it yet: nothing is known of it.',
    },
    'What came of it.',
  ),
  asOf: instant('When the source has answered, or the score was made.').optional(),
  code: code('What was found, as ordinary staff may know it.', 'ENFORCEMENT_OPEN').optional(),
});
