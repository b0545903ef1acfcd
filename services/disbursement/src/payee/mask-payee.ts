import { mask } from '@millrace/service';
import type { Payee } from './payee-record.js';

/** A payee as people see it: enough to tell it from another one, not enough to pay to it (R-LE-01). */
export function maskPayee({ accountName, accountNumber }: Payee): Payee {
  return { accountName: mask(accountName, 1, 1), accountNumber: mask(accountNumber) };
}
