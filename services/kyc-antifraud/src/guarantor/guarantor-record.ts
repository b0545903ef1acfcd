import { canonicalJson, type GuarantorParty } from '@millrace/contracts';
import {
  mask,
  openRecord,
  type AttachedValues,
  type FieldCipher,
  type PlainFields,
  type RecordCipher,
  type SealedRecords,
  type StoredRow,
} from '@millrace/service';

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

/** Replies of outside parties that name the guarantor. */
export const GUARANTOR_REPLIES: AttachedValues = {
  table: 'guarantor_reply',
  idColumn: 'query_id',
  column: 'body',
  encrypted: 'body_encrypted',
  select: `select r.query_id as id, r.body as value from guarantor_reply r join guarantor_check c using (guarantor_id)
    where c.guarantor_record_id = $1 and r.body_encrypted`,
};

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
  attached: [GUARANTOR_REPLIES],
};

/** A guarantor in the clear, and the cipher for what is stored beside: both live only as long as the job that asks the providers. */
export interface OpenedGuarantor {
  readonly guarantor: Guarantor;
  readonly cipher: RecordCipher;
}

/** @throws BrokenSealError where the record is not what was stored. */
export function openGuarantor(row: StoredRow, cipher: FieldCipher): OpenedGuarantor {
  const opened = openRecord(GUARANTORS, row, cipher);
  const { fields } = opened;
  return {
    guarantor: {
      party: row['party'] as GuarantorParty,
      name: fields['name_encrypted']!,
      identifier: fields['identifier_encrypted']!,
      mobile: fields['mobile_encrypted']!,
    },
    cipher: opened.cipher,
  };
}

/** A guarantor as other services and partners may know it: a firm by its name and code, which are public, and a person masked (R-IT-05). */
export function shownGuarantor({ party, name, identifier }: Pick<Guarantor, 'party' | 'name' | 'identifier'>): { name: string; identifier: string } {
  return party === 'firm' ? { name, identifier } : { name: mask(name, 1, 0), identifier: mask(identifier, 4, 4) };
}
