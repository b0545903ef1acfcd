import { Database } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import type { FirmProfile } from '../profile/firm-profile.js';
import type { Mix } from '../profile/mixes.js';
import type { SandboxFirm } from '../profile/sandbox-firm.js';

interface FirmRow {
  readonly firm_seq: string;
  readonly firm_id: string;
  readonly uscc: string;
  readonly mix: Mix;
  readonly seed: string;
  readonly profile: FirmProfile;
  readonly created_at: Date;
}

/** A made firm with all that its invoices come from. */
export interface MadeFirm extends SandboxFirm {
  readonly seq: string;
  readonly mix: Mix;
  readonly seed: string;
  readonly record: FirmProfile;
  readonly madeAt: Date;
}

const COLUMNS = 'firm_seq, firm_id, uscc, mix, seed, profile, created_at';

function madeFirm({ firm_seq: seq, firm_id: firmId, uscc, mix, seed, profile, created_at: madeAt }: FirmRow): MadeFirm {
  return { seq, firmId, source: 'generated', dataSet: null, uscc, mix, seed, record: profile, madeAt };
}

/** Reads made firms. */
@Injectable()
export class MadeFirms {
  constructor(private readonly db: Database) {}

  async byId(firmId: string): Promise<MadeFirm | undefined> {
    return (await this.#read('where firm_id = $1', [firmId]))[0];
  }

  async byIds(firmIds: readonly string[]): Promise<MadeFirm[]> {
    return this.#read('where firm_id = any($1)', [firmIds]);
  }

  async byUscc(uscc: string): Promise<MadeFirm | undefined> {
    return (await this.#read('where uscc = $1', [uscc]))[0];
  }

  /** Firms that this person represents, the newest first. */
  async byLegalRepresentative(idNumber: string): Promise<MadeFirm[]> {
    return this.#read('where legal_representative_id_number = $1 order by firm_seq desc limit 100', [idNumber]);
  }

  /** Firms whose account this is. */
  async byAccountNumber(accountNumber: string): Promise<MadeFirm[]> {
    return this.#read(`where profile -> 'bankAccount' ->> 'accountNumber' = $1 limit 100`, [accountNumber]);
  }

  /** Firms that stand on a watch list, or whose legal representative does. */
  async listed(): Promise<MadeFirm[]> {
    return this.#read('where listed order by firm_seq limit 10000', []);
  }

  /** In the order in which they were made, after a place in it. */
  async page(afterSeq: string, limit: number): Promise<MadeFirm[]> {
    return this.#read('where firm_seq > $1 order by firm_seq limit $2', [afterSeq, limit]);
  }

  async #read(condition: string, values: readonly unknown[]): Promise<MadeFirm[]> {
    const { rows } = await this.db.query<FirmRow & Record<string, unknown>>(`select ${COLUMNS} from firm ${condition}`, values);
    return rows.map(madeFirm);
  }
}
