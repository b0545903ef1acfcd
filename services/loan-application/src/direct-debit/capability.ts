import { DirectDebitCollected, DirectDebitEnded, DirectDebitFailed, DirectDebitRequested, InstalmentDue } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { OnDirectDebitCollected } from './on-direct-debit-collected.js';
import { OnDirectDebitFailed } from './on-direct-debit-failed.js';
import { OnInstalmentDue } from './on-instalment-due.js';

/** Debits of what falls due: from the books of the loan to the bank, and what became of them back to the books. */
export const directDebit = defineCapability({
  name: 'direct-debit',
  consumes: [consume(InstalmentDue, OnInstalmentDue), consume(DirectDebitCollected, OnDirectDebitCollected), consume(DirectDebitFailed, OnDirectDebitFailed)],
  produces: [DirectDebitRequested, DirectDebitEnded],
});
