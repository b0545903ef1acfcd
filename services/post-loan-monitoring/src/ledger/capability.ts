import { defineCapability } from '@millrace/service';

/** Every movement of money as a balanced entry, ready to be written with what moved it. */
export const ledger = defineCapability({
  name: 'ledger',
  face: [
    'accrual-lines',
    'claim-transfer-lines',
    'correct-journal',
    'journal-entry',
    'journal-lines',
    'posting',
    'provision-lines',
    'reserve-lines',
    'write-off-lines',
  ],
});
