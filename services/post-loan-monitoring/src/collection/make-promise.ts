import { businessDate, CollectionPromiseMade, contentHash, type Clock } from '@millrace/contracts';
import type { PromiseAnswer } from '@millrace/contracts/api';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, idReused, Problem, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { claimedByOther } from './case-problems.js';
import type { MakePromiseDto } from './collection.dto.js';
import { lockPursued, noArrears } from './open-case.js';
import { readPromises } from './read-promises.js';

/** The answer to a promise: new, or known already and as it stands now. */
export interface MadePromise {
  readonly isNew: boolean;
  readonly view: PromiseAnswer;
}

const KNOWN =
  'select promise_id as "promiseId", content_sha256 as "contentSha256", state from collection_promise where loan_id = $1 and (promise_id = $2 or state = \'open\')';

const INSERT = `
insert into collection_promise (loan_id, promise_id, case_id, tenant_id, amount_minor, pay_by, content_sha256, made_at, made_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

/** Writes down that a party promises to pay (R-CR-06); the books decide whether it is kept. */
@Injectable()
export class MakePromise {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `FORBIDDEN`, `NOT_FOUND`, `ID_REUSED`, `NO_ARREARS`, `CLAIMED_BY_OTHER`, `PROMISE_OPEN` and `PROMISE_IN_PAST`. */
  make(principal: Principal, loanId: string, promiseId: string, body: MakePromiseDto): Promise<MadePromise> {
    requireRole(principal, 'collector');
    return this.runner.runInTurn(loanId, contextOf(principal), (tx) => this.#make(tx, principal, loanId, promiseId, body));
  }

  async #make(tx: EventTransaction, principal: Principal, loanId: string, promiseId: string, body: MakePromiseDto): Promise<MadePromise> {
    const { applicationId, tenantId, caseId, collector } = await lockPursued(tx, principal, loanId);
    const contentSha256 = contentHash(body);
    const { rows } = await tx.query<{ promiseId: string; contentSha256: string; state: string }>(KNOWN, [loanId, promiseId]);
    const same = rows.find((row) => row.promiseId === promiseId);
    if (same && same.contentSha256 !== contentSha256) throw idReused('promise');
    if (!same) {
      if (caseId === null) throw noArrears();
      if (collector !== null && collector !== principal.id) throw claimedByOther(collector);
      if (rows.length > 0) throw promiseOpen(rows[0]!.promiseId);
      const now = this.clock.now();
      const today = businessDate(now);
      if (body.payBy < today) throw inPast(today);
      await tx.query(INSERT, [loanId, promiseId, caseId, tenantId, body.amountMinor, body.payBy, contentSha256, now, principal.id]);
      tx.emit(new CollectionPromiseMade({ applicationId, loanId, caseId, promiseId, ...body }));
    }
    const view = (await readPromises(tx, loanId)).find((one) => one.promiseId === promiseId)!;
    return { isNew: !same, view };
  }
}

function promiseOpen(promiseId: string): Problem {
  return new Problem({
    status: 409,
    code: 'PROMISE_OPEN',
    title: 'A promise of this loan is open already.',
    detail: `It is ${promiseId}; it is decided by the books on its day at the latest. Nothing was changed.`,
  });
}

function inPast(today: string): Problem {
  return new Problem({
    status: 422,
    code: 'PROMISE_IN_PAST',
    title: 'Nobody can promise to pay by a day that is over.',
    detail: `Today is ${today} in Shanghai, where the books are kept.`,
  });
}
