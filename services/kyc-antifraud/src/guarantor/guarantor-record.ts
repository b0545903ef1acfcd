import { canonicalJson, type GuarantorParty } from '@millrace/contracts';
import { mask, openRecord, type FieldCipher, type PlainFields, type SealedRecords, type StoredRow } from '@millrace/service';

/** A guarantor in the clear; lives only as long as what is done with it. */
export interface Guarantor {
  readonly party: GuarantorParty;
  readonly name: string;
  /** Resident id number of a person, unified social credit code of a firm. */
  readonly identifier: string;
  readonly mobile: string;
}

/** What the content index is a hash of: the same guarantor of an application, said again, is the same record. */
export function guarantorContent({ name_encrypted: name, identifier_encrypted: identifier, mobile_encrypted: mobile }: PlainFields): string {
  return canonicalJson({ name, identifier, mobile });
}

/** How guarantors are kept: a record opens for its own application alone. */
export const GUARANTORS: SealedRecords = {
  table: 'guarantor_record',
  idColumn: 'guarantor_record_id',
  ownerColumns: ['tenant_id', 'partner_id', 'application_id', 'guarantor_id'],
  fields: ['name_encrypted', 'identifier_encrypted', 'mobile_encrypted'],
  indexes: {
    content_index: (fields) => [guarantorContent(fields)],
    identifier_index: ({ identifier_encrypted: identifier }) => [identifier!],
  },
};

/** @throws BrokenSealError where the record is not what was stored. */
export function openGuarantor(row: StoredRow, cipher: FieldCipher): Guarantor {
  const { fields } = openRecord(GUARANTORS, row, cipher);
  return {
    party: row['party'] as GuarantorParty,
    name: fields['name_encrypted']!,
    identifier: fields['identifier_encrypted']!,
    mobile: fields['mobile_encrypted']!,
  };
}

/** A guarantor as other services and partners may know it: a firm by its name and code, which are public, and a person masked (R-IT-05). */
export function shownGuarantor({ party, name, identifier }: Pick<Guarantor, 'party' | 'name' | 'identifier'>): { name: string; identifier: string } {
  return party === 'firm' ? { name, identifier } : { name: mask(name, 1, 0), identifier: mask(identifier, 4, 4) };
}
