import type { Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, idReused, notFound, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { caseClosed, claimedByOther } from './case-problems.js';

/** What of a case people change: who works on it, and which agency has it. */
export interface CaseChange {
  readonly changeId: string;
  readonly what: 'collector' | 'agency';
  /** Null for nobody. */
  readonly value: string | null;
}

const LOCK = `select collector, closed_on is not null as "isClosed" from collection_case where case_id = $1 and tenant_id = $2 for no key update`;
const KNOWN = 'select what, value from collection_case_change where case_id = $1 and change_id = $2';
const INSERT = 'insert into collection_case_change (case_id, change_id, what, value, changed_at, changed_by) values ($1, $2, $3, $4, $5, $6)';
const STORE = {
  collector: 'update collection_case set collector = $2, updated_at = $3 where case_id = $1',
  agency: 'update collection_case set agency = $2, updated_at = $3 where case_id = $1',
} as const;

/** Gives a case to a collector or an agency, or takes it back; every change is kept with who has made it (R-PL-06). */
@Injectable()
export class ChangeCase {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `FORBIDDEN`, `NOT_FOUND`, `ID_REUSED`, `CASE_CLOSED` and `CLAIMED_BY_OTHER`. */
  change(principal: Principal, caseId: string, change: CaseChange): Promise<void> {
    requireRole(principal, 'collector', 'risk_officer');
    return this.runner.runInTurn(caseId, contextOf(principal), (tx) => this.#change(tx, principal, caseId, change));
  }

  async #change(tx: EventTransaction, principal: Principal, caseId: string, { changeId, what, value }: CaseChange): Promise<void> {
    const { rows } = await tx.query<{ collector: string | null; isClosed: boolean }>(LOCK, [caseId, principal.tenantId]);
    const [known] = rows;
    if (!known) throw notFound('collection case');
    const { rows: changes } = await tx.query<{ what: string; value: string | null }>(KNOWN, [caseId, changeId]);
    const [same] = changes;
    if (same && (same.what !== what || same.value !== value)) throw idReused(what === 'collector' ? 'assignment' : 'handover');
    if (same) return;
    if (known.isClosed) throw caseClosed();
    const isFree = known.collector === null || known.collector === principal.id || principal.roles.includes('risk_officer');
    if (!isFree) throw claimedByOther(known.collector!);
    const now = this.clock.now();
    await tx.query(INSERT, [caseId, changeId, what, value, now, principal.id]);
    await tx.query(STORE[what], [caseId, value, now]);
  }
}
