import type { Clock } from '@millrace/contracts';
import type { CommitteeMinutesAnswer } from '@millrace/contracts/api';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, CommitteeRoom, Database, requireRight, type ConflictDto, type MinutesView, type Principal, type VoteDto } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { COMMITTEE_KINDS } from './committee-kinds.js';
import { refuseWord } from './refuse-word.js';

/** Minutes of a committee, as the API describes them. */
export type CommitteeView = CommitteeMinutesAnswer;

/** Members of a committee vote, declare what excludes them, conclude, and read the minutes (R-UW-05). */
@Injectable()
export class SpeakInCommittee {
  readonly #room: CommitteeRoom;

  constructor(
    private readonly database: Database,
    runner: TransactionRunner,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#room = new CommitteeRoom(runner, clock, COMMITTEE_KINDS);
  }

  minutes(principal: Principal, loanId: string, taskId: string): Promise<CommitteeView> {
    requireRight(principal, 'reviewTask');
    return told(loanId, this.#room.minutes(this.database, principal, loanId, taskId));
  }

  vote(principal: Principal, loanId: string, taskId: string, voteId: string, body: VoteDto): Promise<CommitteeView> {
    return told(loanId, this.#room.vote(principal, loanId, taskId, voteId, body));
  }

  conflict(principal: Principal, loanId: string, taskId: string, body: ConflictDto): Promise<CommitteeView> {
    return told(loanId, this.#room.conflict(principal, loanId, taskId, body));
  }

  conclude(principal: Principal, loanId: string, taskId: string): Promise<CommitteeView> {
    return told(loanId, this.#room.conclude(principal, loanId, taskId));
  }
}

async function told(loanId: string, minutes: Promise<MinutesView>): Promise<CommitteeView> {
  return { ...(await minutes.catch(refuseWord)), loanId: loanId.toLowerCase() };
}
