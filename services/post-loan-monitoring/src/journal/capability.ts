import { defineCapability } from '@millrace/service';
import { JournalController } from './journal.controller.js';

/** The books of a loan, as the lender's staff read them. */
export const journal = defineCapability({ name: 'journal', controllers: [JournalController] });
