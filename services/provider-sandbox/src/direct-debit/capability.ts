import { defineCapability } from '@millrace/service';
import { DebitBook } from './debit-book.js';
import { DebitController } from './debit.controller.js';

/** The bank that debits customers' accounts under their mandates. */
export const directDebit = defineCapability({
  name: 'direct-debit',
  controllers: [DebitController],
  providers: [DebitBook],
});
