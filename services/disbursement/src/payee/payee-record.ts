import { canonicalJson } from '@millrace/contracts';
import { openRecord, type FieldCipher, type PlainFields, type SealedRecords, type StoredRow } from '@millrace/service';

/** A payee in the clear; lives only as long as what is done with it. */
export interface Payee {
  readonly accountName: string;
  readonly accountNumber: string;
}

/** What the content index is a hash of: two records of an application never have the same content. */
export function payeeContent({ account_name: accountName, account_number: accountNumber }: PlainFields): string {
  return canonicalJson({ accountName, accountNumber });
}

/** How payees are kept: a record opens for its own application alone. */
export const PAYEES: SealedRecords = {
  table: 'payee',
  idColumn: 'payee_record_id',
  ownerColumns: ['tenant_id', 'owner_id', 'application_id'],
  fields: ['account_name', 'account_number'],
  indexes: { content_index: (fields) => [payeeContent(fields)] },
};

/** @throws BrokenSealError where the record is not what was stored: nothing may be paid to it (R-DB-08). */
export function openPayee(row: StoredRow, cipher: FieldCipher): Payee {
  const { fields } = openRecord(PAYEES, row, cipher);
  return { accountName: fields['account_name']!, accountNumber: fields['account_number']! };
}
