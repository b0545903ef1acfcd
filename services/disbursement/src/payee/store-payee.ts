import { newId, type Clock } from '@millrace/contracts';
import { canonicalJson, CLOCK, Database, FieldCipher, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { maskPayee, type PayeeColumns } from './mask-payee.js';
import type { PayeeDto, PayeeView } from './payee.dto.js';

interface PayeeRow extends PayeeColumns {
  payee_record_id: string;
  application_id: string;
  created_at: Date;
}

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
    // A keyed hash: account numbers have too little entropy for a plain one.
    const contentIndex = this.cipher.blindIndex(canonicalJson({ accountName: payee.accountName, accountNumber: payee.accountNumber }));
    const { rows } = await this.db.query<PayeeRow & { created: boolean }>(
      `insert into payee (payee_record_id, tenant_id, owner_id, application_id, content_index, account_name, account_number, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (tenant_id, owner_id, application_id, content_index) do update set application_id = excluded.application_id
       returning payee_record_id, application_id, account_name, account_number, created_at, payee_record_id = $1 as created`,
      [
        newId(),
        principal.tenantId,
        ownerOf(principal),
        applicationId,
        contentIndex,
        this.cipher.encrypt(payee.accountName),
        this.cipher.encrypt(payee.accountNumber),
        this.clock.now(),
      ],
    );
    const row = rows[0]!;
    return { created: row.created, view: this.#view(row) };
  }

  /** Every payee record of an application, oldest first, masked. */
  async list(principal: Principal, applicationId: string): Promise<PayeeView[]> {
    const { rows } = await this.db.query<PayeeRow>(
      `select payee_record_id, application_id, account_name, account_number, created_at from payee
       where tenant_id = $1 and application_id = $2 and ($3::text is null or owner_id = $3) order by created_at, payee_record_id limit 100`,
      [principal.tenantId, applicationId, principal.kind === 'partner' ? ownerOf(principal) : null],
    );
    return rows.map((row) => this.#view(row));
  }

  #view(row: PayeeRow): PayeeView {
    return {
      payeeRecordId: row.payee_record_id,
      applicationId: row.application_id,
      ...maskPayee(row, this.cipher),
      createdAt: row.created_at.toISOString(),
    };
  }
}
