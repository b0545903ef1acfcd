import { businessDate, newId, type Clock } from '@millrace/contracts';
import { CLOCK, Database, FieldCipher, sealRecord, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { ageOn } from './applicant.js';
import { APPLICANTS } from './applicant-record.js';
import type { RecordApplicantDto } from './applicant.dto.js';

/** One that is there already may still carry the hash of an older key, so it is looked up under every form. */
const RECORD = `
with known as (
  select applicant_record_id from applicant_record
  where application_id = $2 and tenant_id = $3 and partner_id = $4 and content_index = any($16::text[]) order by recorded_at limit 1
), made as (
  insert into applicant_record (applicant_record_id, application_id, tenant_id, partner_id, form_fill_seconds, wrapped_key, name_encrypted, id_number_encrypted,
    mobile_encrypted, device_encrypted, content_index, id_number_index, mobile_index, device_index, recorded_at)
  select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 where not exists (select from known)
  on conflict (application_id, tenant_id, partner_id, content_index) do update set content_index = excluded.content_index
  returning applicant_record_id
)
select applicant_record_id as "applicantRecordId", false as created from known
union all select applicant_record_id, applicant_record_id = $1 from made`;

const SEALED_COLUMNS = [
  'wrapped_key',
  'name_encrypted',
  'id_number_encrypted',
  'mobile_encrypted',
  'device_encrypted',
  'content_index',
  'id_number_index',
  'mobile_index',
  'device_index',
] as const;

/** Keeps the people of an application, encrypted field by field; the same content gives the same record (M-EV-07, R-OP-02). */
@Injectable()
export class RecordApplicant {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async record(
    applicationId: string,
    body: RecordApplicantDto,
    principal: Principal,
  ): Promise<{ applicantRecordId: string; created: boolean; ageYears: number | null }> {
    const { name, idNumber, mobile } = body.legalRepresentative;
    const { device } = body;
    const fields = { name_encrypted: name, id_number_encrypted: idNumber, mobile_encrypted: mobile, device_encrypted: device?.fingerprint ?? null };
    const own = {
      applicant_record_id: newId(),
      application_id: applicationId,
      tenant_id: principal.tenantId,
      partner_id: principal.partnerId ?? principal.id,
      form_fill_seconds: device?.formFillSeconds ?? null,
    };
    const sealed = sealRecord(APPLICANTS, own, fields, this.cipher);
    const contents = APPLICANTS.indexes['content_index']!(fields, own)!;
    const values = [
      ...Object.values(own),
      ...SEALED_COLUMNS.map((column) => sealed[column]),
      this.clock.now(),
      contents.flatMap((content) => this.cipher.blindIndexes(content)),
    ];
    const { rows } = await this.database.query<{ applicantRecordId: string; created: boolean }>(RECORD, values);
    return { ...rows[0]!, ageYears: ageOn(idNumber, businessDate(this.clock.now())) };
  }
}
