import { newId, type Clock } from '@millrace/contracts';
import { canonicalJson, CLOCK, Database, FieldCipher, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { RecordApplicantDto } from './applicant.dto.js';

const INSERT = `
insert into applicant_record (applicant_record_id, application_id, tenant_id, partner_id, content_index, name_encrypted, id_number_encrypted,
  id_number_index, mobile_encrypted, mobile_index, device_encrypted, device_index, form_fill_seconds, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
on conflict (application_id, tenant_id, partner_id, content_index) do update set content_index = excluded.content_index
returning applicant_record_id as "applicantRecordId", applicant_record_id = $1 as created`;

/** Keeps the people of an application, encrypted field by field; the same content gives the same record (design §4.10, §5). */
@Injectable()
export class RecordApplicant {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async record(applicationId: string, body: RecordApplicantDto, principal: Principal): Promise<{ applicantRecordId: string; created: boolean }> {
    const { name, idNumber, mobile } = body.legalRepresentative;
    const device = body.device;
    const values = [
      newId(),
      applicationId,
      principal.tenantId,
      principal.partnerId ?? principal.id,
      this.cipher.blindIndex(canonicalJson(body)),
      this.cipher.encrypt(name),
      this.cipher.encrypt(idNumber),
      this.cipher.blindIndex(idNumber),
      this.cipher.encrypt(mobile),
      this.cipher.blindIndex(mobile),
      device ? this.cipher.encrypt(device.fingerprint) : null,
      device ? this.cipher.blindIndex(device.fingerprint) : null,
      device?.formFillSeconds ?? null,
      this.clock.now(),
    ];
    const { rows } = await this.database.query<{ applicantRecordId: string; created: boolean }>(INSERT, values);
    return rows[0]!;
  }
}
