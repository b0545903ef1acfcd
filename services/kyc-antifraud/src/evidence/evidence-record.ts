import type { SealedRecords } from '@millrace/service';

/** Column name under which a file is sealed: its bytes are in the store, and open for this row alone. */
export const FILE = 'file';

/** How files are kept: the row has the data key, and the store what is encrypted under it. */
export const EVIDENCE_RECORDS: SealedRecords = {
  table: 'evidence_record',
  idColumn: 'evidence_id',
  ownerColumns: ['tenant_id', 'application_id'],
  fields: ['sha256_encrypted'],
  indexes: {},
};
