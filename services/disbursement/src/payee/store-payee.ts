import { newId, type Clock } from '@millrace/contracts';
import { CLOCK, Database, FieldCipher, sealRecord, type Principal, type StoredRow } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { maskPayee } from './mask-payee.js';
import type { PayeeDto, PayeeView } from './payee.dto.js';
import { openPayee, payeeContent, PAYEES } from './payee-record.js';

/** A payee as it is stored. */
interface PayeeRow extends StoredRow {
  readonly payee_record_id: string;
  readonly application_id: string;
  readonly created_at: Date;
}

/** One that is there already may still carry the hash of an older key, so it is looked up under every form. */
const STORE = `
with known as (
  select * from payee where tenant_id = $2 and owner_id = $3 and application_id = $4 and content_index = any($10::text[]) order by created_at, payee_record_id limit 1
), made as (
  insert into payee (payee_record_id, tenant_id, owner_id, application_id, wrapped_key, content_index, account_name, account_number, created_at)
  select $1, $2, $3, $4, $5, $6, $7, $8, $9 where not exists (select from known)
  on conflict (tenant_id, owner_id, application_id, content_index) do update set application_id = excluded.application_id
  returning *
)
select *, false as created from known union all select *, payee_record_id = $1 from made`;

/** Whose payees a principal stores and sees: its organisation's. */
function ownerOf(principal: Principal): string {
  return principal.partnerId ?? principal.id;
}

/** Keeps one record per distinct content of a payee, so that a corrected retry never changes what an accepted application refers to. */
@Injectable()
export class StorePayee {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Stores the payee, or finds the record that already holds exactly this content. */
  async store(principal: Principal, applicationId: string, payee: PayeeDto): Promise<{ created: boolean; view: PayeeView }> {
    const { accountName, accountNumber } = payee;
    const fields = { account_name: accountName, account_number: accountNumber };
    const own = { payee_record_id: newId(), tenant_id: principal.tenantId, owner_id: ownerOf(principal), application_id: applicationId };
    // The index is a keyed hash: account numbers have too little entropy for a plain one.
    const sealed = sealRecord(PAYEES, own, fields, this.cipher);
    const columns = ['wrapped_key', 'content_index', 'account_name', 'account_number'].map((column) => sealed[column]);
    const { rows } = await this.db.query<PayeeRow & { created: boolean }>(STORE, [
      ...Object.values(own),
      ...columns,
      this.clock.now(),
      this.cipher.blindIndexes(payeeContent(fields)),
    ]);
    const row = rows[0]!;
    return { created: row.created, view: this.#view(row) };
  }

  /** Every payee record of an application, oldest first, masked. */
  async list(principal: Principal, applicationId: string): Promise<PayeeView[]> {
    const { rows } = await this.db.query<PayeeRow>(
      `select * from payee
       where tenant_id = $1 and application_id = $2 and ($3::text is null or owner_id = $3) order by created_at, payee_record_id limit 100`,
      [principal.tenantId, applicationId, principal.kind === 'partner' ? ownerOf(principal) : null],
    );
    return rows.map((row) => this.#view(row));
  }

  #view(row: PayeeRow): PayeeView {
    return {
      payeeRecordId: row.payee_record_id,
      applicationId: row.application_id,
      ...maskPayee(openPayee(row, this.cipher)),
      createdAt: row.created_at.toISOString(),
    };
  }
}
