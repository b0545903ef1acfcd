import type { Clock } from '@millrace/contracts';
import type { AuthorisationAnswer } from '@millrace/contracts/api';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK, Database, notFound, Problem, requireRole, type Principal } from '@millrace/service';
import { decideTask, TaskRefused } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { ReadApplications } from '../application/read-applications.js';
import { SegregationOfDuties } from '../duty/segregation-of-duties.js';
import { claimRequest } from '../request/claim-request.js';
import { AdvanceDrawdown, drawdownWrongStatus } from './advance-drawdown.js';
import type { AuthorisePaymentDto } from './drawdown.dto.js';
import { PAYMENT_AUTHORISATION } from './payment-authorisation.task.js';

const OPEN = `select task_id as "taskId" from task where kind = $1 and subject_id = $2 and status = 'open'`;
const NEWEST = `select t.task_id as "taskId", t.status, t.decision, t.due_at as "dueAt",
  (select count(*)::int from task_vote v where v.task_id = t.task_id and v.round = t.round) as votes
from task t where t.kind = $1 and t.subject_id = $2 order by t.opened_at desc limit 1`;

/** A payment officer says whether a payment may be made; the second one who says the same decides (R-DB-02, M-DR-06). */
@Injectable()
export class AuthorisePayment {
  constructor(
    private readonly db: Database,
    private readonly duties: SegregationOfDuties,
    private readonly drawdowns: AdvanceDrawdown,
    private readonly applications: ReadApplications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `SOD_VIOLATION`, `WRONG_STATUS`, `AUTHORISATION_REFUSED`, `ID_REUSED`. */
  async say(principal: Principal, applicationId: string, authorisationId: string, body: AuthorisePaymentDto): Promise<AuthorisationAnswer> {
    if (principal.kind !== 'staff') throw notFound('loan application');
    requireRole(principal, 'payment_officer');
    await this.applications.find(principal, applicationId);
    await this.duties
      .guard(principal, { applicationId, duty: 'authoriser' }, (tx) => this.#say(tx, principal, applicationId, authorisationId, body))
      .catch(refuse);
    return this.#show(applicationId);
  }

  async #say(tx: EventTransaction, principal: Principal, applicationId: string, authorisationId: string, body: AuthorisePaymentDto): Promise<void> {
    const now = this.clock.now();
    if (!(await claimRequest(tx, principal, { resource: 'payment authorisation', requestId: authorisationId, applicationId, body }, now))) return;
    const { rows } = await tx.query<{ taskId: string }>(OPEN, [PAYMENT_AUTHORISATION.kind, applicationId]);
    const drawdown = await this.drawdowns.lock(tx, applicationId);
    if (!drawdown) throw notFound('drawdown');
    if (!rows[0]) throw drawdownWrongStatus(drawdown.status);
    const { decision, reasonCode: reason, comment } = body;
    const saying = { decision, parameters: {}, reason, comment, voteId: authorisationId, by: { name: principal.id, roles: principal.roles } };
    await decideTask(tx, PAYMENT_AUTHORISATION, rows[0].taskId, saying, now);
  }

  async #show(applicationId: string): Promise<AuthorisationAnswer> {
    const { rows } = await this.db.query<Omit<AuthorisationAnswer, 'dueAt' | 'votesNeeded'> & { dueAt: Date }>(NEWEST, [
      PAYMENT_AUTHORISATION.kind,
      applicationId,
    ]);
    const { taskId, status, decision, votes, dueAt } = rows[0]!;
    return { taskId, status, decision, votes, votesNeeded: 2, dueAt: dueAt.toISOString() };
  }
}

function refuse(error: unknown): never {
  if (!(error instanceof TaskRefused)) throw error;
  const { message } = error;
  throw new Problem({ status: 409, code: 'AUTHORISATION_REFUSED', title: 'The authorisation is not taken.', detail: `${message}.` });
}
