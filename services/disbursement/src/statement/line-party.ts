import { canonicalJson } from '@millrace/contracts';
import { openRecord, type FieldCipher, type PlainFields, type SealedRecords, type StoredRow } from '@millrace/service';

/** Who is on the other side of a movement, and what was written to it; personal data. */
export interface LineParty {
  readonly partyName: string;
  readonly partyAccount: string;
  readonly remittance: string;
}

function contentOf({ party_name: name, party_account: account, remittance }: PlainFields): string {
  return canonicalJson({ name, account, remittance });
}

/** How the other sides of lines are kept: each opens for its own line and lender alone (R-LE-01). */
export const LINE_PARTIES: SealedRecords = {
  table: 'bank_line_party',
  idColumn: 'line_id',
  ownerColumns: ['tenant_id'],
  fields: ['party_name', 'party_account', 'remittance'],
  indexes: { content_index: (fields) => [contentOf(fields)] },
};

export function fieldsOf({ partyName, partyAccount, remittance }: LineParty): PlainFields {
  return { party_name: partyName, party_account: partyAccount, remittance };
}

/** True where a stored record is of exactly this party and text. @throws BrokenSealError where the record is not what was stored */
export function isOfParty(row: StoredRow, party: LineParty, cipher: FieldCipher): boolean {
  const { fields } = openRecord(LINE_PARTIES, row, cipher);
  return contentOf(fields) === contentOf(fieldsOf(party));
}
