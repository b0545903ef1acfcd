import { normalForm, SodViolationBlocked } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { contextOf, Problem, type Principal } from '@millrace/service';
import { TaskRefused } from '@millrace/tasks';
import { Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import type { Application } from '../application/application.entity.js';
import { DUTY_OF_KIND, DUTY_TABLE, excludingDuty, type Duty } from './duty-table.js';

/** An application as far as duties depend on it. */
type DutyFile = Pick<Application, 'applicationId' | 'makerId' | 'accountManagerId'>;

/** What somebody was about to do, for the record of a refusal. */
export interface Attempt {
  readonly applicationId: string;
  readonly duty: Duty;
  readonly reviewTaskId?: string;
  readonly stage?: string;
  /** Who was to do it, where another person has said so. */
  readonly person?: string;
}

/** A person was about to do what the table forbids after what the person had done. */
class DutyRefused extends TaskRefused {
  constructor(
    duty: Duty,
    readonly notAfter: Duty,
  ) {
    super('SOD_VIOLATION', `whoever ${DUTY_TABLE[notAfter].meaning} is not the one who ${DUTY_TABLE[duty].meaning}; another person with the role has to`);
  }
}

const VOTED = `select distinct t.kind from task t join task_vote v using (task_id)
where t.subject_id = $1 and t.kind = any($2) and v.voter_key = $3 and v.decision is not null`;

/**
 * The segregation of duties, asked by every command of a person of the hub. The use: `guard` runs the command in a transaction with the application locked and the
 * table asked, and keeps what was refused; a command with a transaction of its own calls `check` in it and hands what is thrown to `refuse` after it.
 *
 * ```ts
 * await this.duties.guard(principal, { applicationId, duty: 'authoriser' }, async (tx, application) => { … });
 * ```
 */
@Injectable()
export class SegregationOfDuties {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
  ) {}

  /** Throws a `TaskRefused` with `SOD_VIOLATION` where the person must not do it; names are compared in their normal form. */
  async check(tx: EventTransaction, application: DutyFile, duty: Duty, person: string): Promise<void> {
    const notAfter = excludingDuty(duty, await this.#doneBy(tx, application, person));
    if (notAfter) throw new DutyRefused(duty, notAfter);
  }

  /** Runs a command of a person on a locked application, with the duty asked before. */
  async guard<T>(principal: Principal, attempt: Attempt, work: (tx: EventTransaction, application: Application) => Promise<T>): Promise<T> {
    const { applicationId, duty } = attempt;
    try {
      return await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
        const application = await this.advance.lockKnown(tx, applicationId);
        await this.check(tx, application, duty, principal.id);
        return work(tx, application);
      });
    } catch (error) {
      return this.refuse(principal, attempt, error);
    }
  }

  /** Keeps a breach of the table in the history and tells it (platform.sod.violation_blocked), then refuses; any other error goes on as it is. */
  async refuse(principal: Principal, { applicationId, duty, reviewTaskId, stage, person }: Attempt, error: unknown): Promise<never> {
    if (!(error instanceof TaskRefused) || error.code !== 'SOD_VIOLATION') throw error;
    const notAfter = error instanceof DutyRefused ? error.notAfter : 'approver';
    const task = reviewTaskId ? { reviewTaskId } : {};
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      await this.advance.note(tx, application, 'SodViolationBlocked', 'SOD_VIOLATION', { ...task, ...(stage ? { stage } : {}), duty, notAfter });
      tx.emit(new SodViolationBlocked({ applicationId, duty, notAfter, staffId: person ?? principal.id, ...task }));
    });
    throw new Problem({
      status: 403,
      code: 'SOD_VIOLATION',
      title: 'You made this application, look after the firm or decided another stage of it, so you may not decide here.',
      detail: 'Another person with the role has to decide.',
    });
  }

  async #doneBy(tx: EventTransaction, { applicationId, makerId, accountManagerId }: DutyFile, person: string): Promise<ReadonlySet<Duty>> {
    const key = normalForm(person);
    const { rows } = await tx.query<{ kind: string }>(VOTED, [applicationId, Object.keys(DUTY_OF_KIND), key]);
    const done = new Set<Duty>(rows.map(({ kind }) => DUTY_OF_KIND[kind]!));
    if (normalForm(makerId) === key) done.add('maker');
    if (accountManagerId !== null && normalForm(accountManagerId) === key) done.add('accountManager');
    return done;
  }
}
