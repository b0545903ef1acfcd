import { contentHash, type Clock } from '@millrace/contracts';
import type { ReserveRequestAnswer } from '@millrace/contracts/api';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, idReused, Problem, requireRole, type Principal } from '@millrace/service';
import { openTask } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { lockReserve } from './move-reserve.js';
import { RESERVE_MOVEMENT } from './reserve.task.js';

/** What is asked for. */
export interface WantedRequest {
  readonly kind: 'use' | 'top_up';
  readonly amountMinor: string;
  readonly currency: string;
  readonly reason: string;
  readonly eventReference?: string;
}

/** The answer to a request: new, or known already and as it stands now. */
export interface RequestedMovement {
  readonly isNew: boolean;
  readonly view: ReserveRequestAnswer;
}

type Known = ReserveRequestAnswer & { readonly contentSha256: string; readonly tenantId: string };

const READ = `
select request_id as "requestId", kind, state, amount_minor::text as "amountMinor", currency, event_reference as "eventReference", reason, task_id as "taskId",
  to_char(requested_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "requestedAt", content_sha256 as "contentSha256", tenant_id as "tenantId"
from reserve_request where request_id = $1`;

const BORNE = `select 1 from reserve_request where tenant_id = $1 and event_reference = $2 and state <> 'refused'`;

const INSERT = `
insert into reserve_request (request_id, tenant_id, kind, currency, amount_minor, event_reference, reason, task_id, state, content_sha256, requested_at, requested_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'requested', $9, $10, $11)`;

/** Takes in that the reserve for operational risk is to be moved beside its plan; nothing is booked before two persons have looked (R-TC-10). */
@Injectable()
export class RequestMovement {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `FORBIDDEN`, `ID_REUSED`, `RESERVE_TOO_SMALL` and `RESERVE_EVENT_KNOWN`. */
  request(principal: Principal, requestId: string, wanted: WantedRequest): Promise<RequestedMovement> {
    requireRole(principal, 'risk_officer');
    return this.runner.runInTurn(requestId, contextOf(principal), (tx) => this.#request(tx, principal, requestId, wanted));
  }

  async #request(tx: EventTransaction, { id, tenantId }: Principal, requestId: string, wanted: WantedRequest): Promise<RequestedMovement> {
    const contentSha256 = contentHash(wanted);
    const [known] = (await tx.query<Known>(READ, [requestId])).rows;
    if (known && (known.tenantId !== tenantId || known.contentSha256 !== contentSha256)) throw idReused('movement of the reserve');
    if (known) return { isNew: false, view: viewOf(known) };
    const { kind, amountMinor, currency, reason, eventReference = null } = wanted;
    const balanceMinor = await lockReserve(tx, { tenantId, currency });
    if (kind === 'use' && BigInt(amountMinor) > balanceMinor) throw tooSmall(balanceMinor);
    if (eventReference !== null && (await tx.query(BORNE, [tenantId, eventReference])).rowCount) throw borneAlready();
    const now = this.clock.now();
    const facts = { ...wanted, balanceMinor: String(balanceMinor) };
    const taskId = await openTask(tx, RESERVE_MOVEMENT, { subjectId: requestId, subject: { requestId }, tenantId, facts, parties: { maker: id } }, now);
    await tx.query(INSERT, [requestId, tenantId, kind, currency, amountMinor, eventReference, reason, taskId, contentSha256, now, id]);
    const { rows: stored } = await tx.query<Known>(READ, [requestId]);
    return { isNew: true, view: viewOf(stored[0]!) };
  }
}

function viewOf({ contentSha256: _hash, tenantId: _tenant, ...view }: Known): ReserveRequestAnswer {
  return view;
}

function tooSmall(balanceMinor: bigint): Problem {
  return new Problem({
    status: 409,
    code: 'RESERVE_TOO_SMALL',
    title: 'There is less in the reserve than is to be taken from it.',
    detail: `It has ${balanceMinor} fen of this currency. Nothing was changed.`,
  });
}

function borneAlready(): Problem {
  return new Problem({
    status: 409,
    code: 'RESERVE_EVENT_KNOWN',
    title: 'The reserve was asked to bear this loss already.',
    detail: 'Look at the requests of the event; another loss has a reference of its own.',
  });
}
