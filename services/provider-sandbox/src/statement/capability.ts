import { defineCapability } from '@millrace/service';
import { StatementBook } from './statement-book.js';
import { StatementController } from './statement.controller.js';
import { TransferController } from './transfer.controller.js';

/** What comes in and goes out on a lender's account: customers who pay, and the statement that shows it. */
export const statement = defineCapability({
  name: 'statement',
  controllers: [StatementController, TransferController],
  providers: [StatementBook],
});
