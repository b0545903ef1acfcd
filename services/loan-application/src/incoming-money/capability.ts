import { MoneyReceived, StatementLineStored } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { OnStatementLineStored } from './on-statement-line-stored.js';

/** Money that borrowers pay back: from the statement of the bank to the books of the loan. */
export const incomingMoney = defineCapability({
  name: 'incoming-money',
  consumes: [consume(StatementLineStored, OnStatementLineStored)],
  produces: [MoneyReceived],
});
