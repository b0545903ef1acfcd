import { mask, type FieldCipher } from '@millrace/service';

/** Encrypted columns of a payee. */
export interface PayeeColumns {
  readonly account_name: string;
  readonly account_number: string;
}

/** A payee as people see it: enough to tell it from another one, not enough to pay to it (R-LE-01). */
export interface MaskedPayee {
  readonly accountName: string;
  readonly accountNumber: string;
}

export function maskPayee(row: PayeeColumns, cipher: FieldCipher): MaskedPayee {
  return { accountName: mask(cipher.decrypt(row.account_name), 1, 1), accountNumber: mask(cipher.decrypt(row.account_number)) };
}
