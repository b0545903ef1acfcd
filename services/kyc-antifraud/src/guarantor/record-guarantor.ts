import { newId, type Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, contextOf, FieldCipher, Problem, sealRecord, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { GUARANTORS, guarantorContent, shownGuarantor, type Guarantor } from './guarantor-record.js';
import type { RecordGuarantorDto } from './guarantor.dto.js';

/** What other services may know of a guarantor. */
export interface RecordedGuarantor {
  readonly guarantorRecordId: string;
  readonly guarantorRef: string;
  readonly party: Guarantor['party'];
  readonly name: string;
  readonly identifier: string;
}

/**
 * One that is there already may still carry the hash of an older key, so it is looked up under every form. Whoever stands for another loan already keeps the
 * reference that it has there.
 */
const RECORD = `
with known as (
  select guarantor_record_id, guarantor_ref from guarantor_record
  where application_id = $2 and tenant_id = $3 and partner_id = $4 and guarantor_id = $5 and content_index = any($15::text[]) order by recorded_at limit 1
), other as (
  select guarantor_ref from guarantor_record where tenant_id = $3 and identifier_index = any($14::text[]) order by recorded_at, guarantor_record_id limit 1
), made as (
  insert into guarantor_record (guarantor_record_id, application_id, tenant_id, partner_id, guarantor_id, party, guarantor_ref, wrapped_key, name_encrypted,
    identifier_encrypted, identifier_index, mobile_encrypted, content_index, recorded_at)
  select $1, $2, $3, $4, $5, $6, coalesce((select guarantor_ref from other), $7), $8, $9, $10, $11, $12, $13, $16 where not exists (select from known)
  on conflict (application_id, tenant_id, partner_id, guarantor_id, content_index) do update set content_index = excluded.content_index
  returning guarantor_record_id, guarantor_ref
)
select guarantor_record_id as "guarantorRecordId", guarantor_ref as "guarantorRef", false as created from known
union all select guarantor_record_id, guarantor_ref, guarantor_record_id = $1 from made`;

/** Two records of one party at the same time would each make a reference of their own. */
const ONE_AT_A_TIME = 'select pg_advisory_xact_lock(hashtextextended($1, 0))';

/** Keeps who is to stand for a loan, encrypted field by field; the same content gives the same record (M-EV-07, R-OP-02). */
@Injectable()
export class RecordGuarantor {
  constructor(
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `GUARANTOR_PARTY_UNCLEAR` where it is neither a person nor a firm, or both. */
  async record(
    applicationId: string,
    guarantorId: string,
    body: RecordGuarantorDto,
    principal: Principal,
  ): Promise<{ readonly guarantor: RecordedGuarantor; readonly created: boolean }> {
    const { party, name, identifier, mobile } = partyOf(body);
    const fields = { name_encrypted: name, identifier_encrypted: identifier, mobile_encrypted: mobile };
    const own = {
      guarantor_record_id: newId(),
      application_id: applicationId,
      tenant_id: principal.tenantId,
      partner_id: principal.partnerId ?? principal.id,
      guarantor_id: guarantorId,
    };
    const sealed = sealRecord(GUARANTORS, own, fields, this.cipher);
    const columns = ['wrapped_key', 'name_encrypted', 'identifier_encrypted', 'identifier_index', 'mobile_encrypted', 'content_index'];
    const values = [
      ...Object.values(own),
      party,
      referenceOf(own.guarantor_record_id),
      ...columns.map((column) => sealed[column]),
      this.cipher.blindIndexes(identifier),
      this.cipher.blindIndexes(guarantorContent(fields)),
      this.clock.now(),
    ];
    const { created, ...ids } = await this.runner.run(contextOf(principal), async (tx) => {
      await tx.query(ONE_AT_A_TIME, [`${own.tenant_id} ${sealed['identifier_index']}`]);
      return (await tx.query<{ guarantorRecordId: string; guarantorRef: string; created: boolean }>(RECORD, values)).rows[0]!;
    });
    return { guarantor: { ...ids, party, ...shownGuarantor({ party, name, identifier }) }, created };
  }
}

/** Says nothing of whom it names. */
const referenceOf = (recordId: string): string => `G-${recordId.replaceAll('-', '').toUpperCase()}`;

function partyOf({ person, firm }: RecordGuarantorDto): Guarantor {
  if (person && !firm) return { party: 'person', name: person.name, identifier: person.idNumber, mobile: person.mobile };
  if (firm && !person) return { party: 'firm', name: firm.name, identifier: firm.uscc, mobile: firm.mobile };
  throw new Problem({
    status: 422,
    code: 'GUARANTOR_PARTY_UNCLEAR',
    title: 'A guarantor is a person or a firm.',
    detail: 'Send one of person and firm.',
  });
}
