import { businessDate, type Clock, type DraftStatus } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce } from '@millrace/policy';
import { deadlineOf, ImpossibleStepError, ProcessStep, type StepCause, type SubjectDraft } from '@millrace/process';
import { CLOCK, Database, Problem, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { LoanApplicationConfig } from '../config.js';
import { DRAFT_PROCESS, type DraftTrigger } from '../process/draft-process.js';
import type { StepEvidence } from '../process/step-evidence.js';
import { Draft } from './draft.entity.js';

/** Where drafts and their histories are. */
export const DRAFT_SUBJECT = { table: 'draft', idColumn: 'application_id', id: 'applicationId' } as const;

/** Organisation of drafts that the lender's own staff make. */
export const OWN_CHANNEL = 'own-channel';

/** What happened to a draft. */
export interface DraftChange extends StepCause<DraftTrigger> {
  readonly evidence: StepEvidence;
}

/** True where a draft is the caller's: another partner, and the lender's staff but for its own channel, are told that there is none. */
export function isOwnDraft({ tenantId, partnerId }: Pick<Draft, 'tenantId' | 'partnerId'>, principal: Principal): boolean {
  return tenantId === principal.tenantId && partnerId === (principal.partnerId ?? OWN_CHANNEL);
}

/** The ONE place that changes a draft: lock the row, ask the process table, write state and history (R-OP-09). */
@Injectable()
export class AdvanceDraft {
  readonly #select: string;
  readonly #step: ProcessStep<Draft, 'applicationId', DraftStatus, DraftTrigger, never>;

  constructor(
    db: Database,
    private readonly config: LoanApplicationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#select = `select ${db.columns(Draft, 'd')} from draft d`;
    this.#step = new ProcessStep(DRAFT_PROCESS, DRAFT_SUBJECT, db.repository(Draft).metadata.columns, clock);
  }

  /** False where the id is taken. */
  async begin(tx: EventTransaction, draft: SubjectDraft<Draft>, evidence: StepEvidence): Promise<boolean> {
    const cause = { trigger: 'Created', reason: 'FILLED_IN', evidence } as const;
    return (await this.#step.begin(tx, draft, cause, (status, at) => this.#deadline(status, at))) !== undefined;
  }

  /** Locks a draft for the rest of the transaction; undefined where there is none. */
  async lock(tx: EventTransaction, applicationId: string): Promise<Draft | undefined> {
    const { rows } = await tx.query<Draft & Record<string, unknown>>(`${this.#select} where d.application_id = $1 for no key update`, [applicationId]);
    return rows[0];
  }

  /** Locks drafts that nobody has touched for too long, leaving those that others work on. */
  async lockOverdue(tx: EventTransaction, limit: number): Promise<Draft[]> {
    const sql = `${this.#select} where d.deadline_at <= $1 order by d.deadline_at limit $2 for no key update skip locked`;
    return (await tx.query<Draft & Record<string, unknown>>(sql, [this.clock.now(), limit])).rows;
  }

  /** Feeds a trigger to a locked draft; one that has ended takes none. */
  async advance(tx: EventTransaction, before: Draft, change: DraftChange, fields?: Draft['fields']): Promise<Draft> {
    try {
      const patch = fields === undefined ? {} : { fields };
      return (
        await this.#step.take(
          tx,
          before,
          change,
          () => patch,
          (status, at) => this.#deadline(status, at),
        )
      ).record;
    } catch (error) {
      throw error instanceof ImpossibleStepError && error.byPerson ? draftEnded(before.status) : error;
    }
  }

  #deadline(status: DraftStatus, at: Date): Date | null {
    return deadlineOf(DRAFT_PROCESS.rule(status), at, policyInForce(this.config.lenderType, businessDate(at)).deadlines);
  }
}

/** The answer to whatever is asked of a draft that has ended. */
export function draftEnded(status: DraftStatus): Problem {
  return new Problem({
    status: 409,
    code: 'WRONG_STATUS',
    title: `The draft is in status ${status}, which does not allow this.`,
    detail: 'A draft that has ended is not changed any more; begin another one under an id of its own.',
  });
}
