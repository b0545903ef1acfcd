import type { InsertedBeside } from '@millrace/process';
import type { GuarantorDto } from './guarantor.dto.js';

/** The guarantors of a submission, inserted in the statement that makes the application. */
export function insertGuarantors(applicationId: string, guarantors: readonly GuarantorDto[]): InsertedBeside {
  const rows = guarantors.map((one, at) => ({
    guarantor_id: one.guarantorId,
    application_id: applicationId,
    number: at + 1,
    party: one.party,
    guarantor_record_id: one.guarantorRecordId,
    guarantor_ref: one.guarantorRef,
    name: one.name,
    identifier: one.identifier,
    kind: one.kind,
    limit_minor: one.limitMinor,
    share_bps: one.shareBps ?? null,
    period_months: one.periodMonths ?? null,
  }));
  return {
    sql: (parameter) => `insert into guarantor select row.* from jsonb_populate_recordset(null::guarantor, ${parameter}) as row, made`,
    value: JSON.stringify(rows),
  };
}
