import type { AskedItem, Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import type { Change, Outcome } from '../application/application-change.js';
import type { Application } from '../application/application.entity.js';

const ROUNDS = 'select count(*)::int as rounds from supplement where application_id = $1';
const INSERT = 'insert into supplement (application_id, round, asked_by, staff_id, items, asked_at, due_at) values ($1, $2, $3, $4, $5, $6, $7)';

/** What is asked for, by whom, and what brings it about. */
export interface Asking {
  readonly items: readonly AskedItem[];
  /** Null where the checks ask by themselves. */
  readonly staffId: string | null;
  readonly change: Omit<Change, 'supplement'>;
}

/** Asks the applicant of a locked application to correct or add something, as often as its policy release allows (M-AP-17). */
@Injectable()
export class AskSupplement {
  constructor(
    private readonly advance: AdvanceApplication,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Undefined, and nothing done, where the rounds are used up, or the release knows none. */
  async ask(tx: EventTransaction, application: Application, { items, staffId, change }: Asking): Promise<Outcome | undefined> {
    const { applicationId, policyVersion, renewsLoanId, signBefore } = application;
    // A renewal that the books have not judged yet is not verified either, and one whose loan has matured has no time left to answer in.
    if (renewsLoanId !== null && (signBefore === null || signBefore <= this.clock.now())) return undefined;
    const { supplementRounds } = policyOf(policyVersion).hearing;
    if (supplementRounds === 0) return undefined;
    const { rows } = await tx.query<{ rounds: number }>(ROUNDS, [applicationId]);
    const round = rows[0]!.rounds + 1;
    if (round > supplementRounds) return undefined;
    const askedBy = staffId === null ? 'engine' : 'person';
    const evidence = { ...change.evidence, round, asked: items.map(({ field, reasonCode }) => `${field}:${reasonCode}`) };
    const outcome = await this.advance.advance(tx, application, { ...change, evidence, supplement: { round, askedBy, items } });
    await tx.query(INSERT, [applicationId, round, askedBy, staffId, JSON.stringify(items), this.clock.now(), outcome.application.deadlineAt]);
    return outcome;
  }
}
