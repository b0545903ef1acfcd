import { canonicalJson } from '@millrace/contracts';
import { openRecord, type AttachedValues, type FieldCipher, type PlainFields, type RecordCipher, type SealedRecords, type StoredRow } from '@millrace/service';
import type { Applicant } from './applicant.js';

/** What the content index is a hash of: the same content of an application is the same record. */
export function applicantContent(fields: PlainFields, formFillSeconds: number | null, noDevice: undefined | null = undefined): string {
  const { name_encrypted: name, id_number_encrypted: idNumber, mobile_encrypted: mobile, device_encrypted: fingerprint } = fields;
  return canonicalJson({ legalRepresentative: { name, idNumber, mobile }, device: fingerprint == null ? noDevice : { fingerprint, formFillSeconds } });
}

const hashOf =
  (column: string) =>
  (fields: PlainFields): [string] | null =>
    fields[column] == null ? null : [fields[column]];

/** Replies of outside parties that name the person. */
export const PERSONAL_REPLIES: AttachedValues = {
  table: 'source_reply',
  idColumn: 'query_id',
  column: 'body',
  encrypted: 'body_encrypted',
  select: `select r.query_id as id, r.body as value from source_reply r join verification v using (application_id)
    where v.applicant_record_id = $1 and r.body_encrypted`,
};

/** How people are kept: a record opens for its own application alone. */
export const APPLICANTS: SealedRecords = {
  table: 'applicant_record',
  idColumn: 'applicant_record_id',
  ownerColumns: ['tenant_id', 'partner_id', 'application_id'],
  fields: ['name_encrypted', 'id_number_encrypted', 'mobile_encrypted', 'device_encrypted'],
  indexes: {
    content_index: (fields, row) => {
      const seconds = row['form_fill_seconds'] as number | null;
      // Records of before may have been made of a device that was given as null.
      return [applicantContent(fields, seconds), applicantContent(fields, seconds, null)];
    },
    id_number_index: hashOf('id_number_encrypted'),
    mobile_index: hashOf('mobile_encrypted'),
    device_index: hashOf('device_encrypted'),
  },
  attached: [PERSONAL_REPLIES],
  copies: [{ table: 'verification', columns: ['device_index', 'mobile_index'], recordColumn: 'applicant_record_id' }],
};

/** A person in the clear, and the cipher for what is stored beside: both live only as long as the job that asks the providers. */
export interface OpenedApplicant {
  readonly applicant: Applicant;
  readonly cipher: RecordCipher;
}

/** @throws BrokenSealError where the record is not what was stored. */
export function openApplicant(row: StoredRow, cipher: FieldCipher): OpenedApplicant {
  const opened = openRecord(APPLICANTS, row, cipher);
  const { fields } = opened;
  return {
    applicant: {
      name: fields['name_encrypted']!,
      idNumber: fields['id_number_encrypted']!,
      mobile: fields['mobile_encrypted']!,
      deviceFingerprint: fields['device_encrypted'] ?? null,
      formFillSeconds: row['form_fill_seconds'] as number | null,
    },
    cipher: opened.cipher,
  };
}
