import { defineCapability } from '@millrace/service';
import { AccountVerificationController } from './account-verification.controller.js';
import { PayoutBook } from './payout-book.js';
import { PayoutReturnController } from './payout-return.controller.js';
import { PayoutReturns } from './payout-returns.js';
import { PayoutController } from './payout.controller.js';
import { PostCallbacks } from './post-callbacks.js';

/** The bank: payouts, with their late news, and whose an account is. */
export const bank = defineCapability({
  name: 'bank',
  face: ['payout-book'],
  controllers: [PayoutController, PayoutReturnController, AccountVerificationController],
  providers: [PayoutBook, PayoutReturns],
  tickers: [{ intervalMs: 500, ticker: PostCallbacks }],
});
