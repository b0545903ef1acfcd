import { defineCapability } from '@millrace/service';
import { BANK, BankClient } from './bank-client.js';

/** The bank that pays out, and what its answers mean. */
export const bank = defineCapability({
  name: 'bank',
  face: ['bank-answer', 'bank-client', 'bank-outcomes', 'call-bank', 'holder-answer', 'statement-accounts'],
  providers: [BankClient],
  outsideParties: [BANK],
});
