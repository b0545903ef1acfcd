import { contentHash } from '@millrace/contracts';
import type { LoanChangeKind } from '@millrace/contracts/api';
import type { EventTransaction } from '@millrace/messaging';
import { idReused, Problem, type Principal } from '@millrace/service';
import { openTask, type TaskKind } from '@millrace/tasks';
import type { LoanAccount } from '../loan/loan-account.js';
import { mayBeToldOf } from './may-be-told.js';
import { readChange, viewOf, type LoanChangeView } from './read-changes.js';

/** A change that somebody asks for. */
export interface WantedChange {
  readonly changeId: string;
  readonly kind: LoanChangeKind;
  /** As it was sent; without personal data. */
  readonly content: object;
}

/** What has come of the asking. */
export interface AskedChange {
  /** `applied`: new, and it holds at once. `waits`: new, for people. */
  readonly outcome: 'known' | 'applied' | 'waits';
  readonly view: LoanChangeView;
}

/** Status of the answer. */
export const CHANGE_STATUS = { known: 200, applied: 201, waits: 202 } as const satisfies Record<AskedChange['outcome'], number>;

/** How a change that is new is to be decided: by people, who are shown some facts, or at once. */
export type Decision =
  { readonly by: 'people'; readonly question: TaskKind; readonly facts: Readonly<Record<string, unknown>> } | { readonly by: 'one-person' };

const INSERT = `
insert into loan_change (loan_id, change_id, tenant_id, kind, task_id, content, content_sha256, state, requested_at, requested_by, decided_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

const WAITING = `select change_id as "changeId" from loan_change where loan_id = $1 and kind = $2 and state = 'requested'`;

/**
 * Takes a change in, once: the same id answers how it stands now. The row of the loan is locked.
 * @param decide says how it is decided; throws a problem where it is not possible
 */
export async function askChange(
  tx: EventTransaction,
  { principal, account, now }: { readonly principal: Pick<Principal, 'id'>; readonly account: LoanAccount; readonly now: Date },
  { changeId, kind, content }: WantedChange,
  decide: () => Promise<Decision> | Decision,
): Promise<AskedChange> {
  const { loanId, tenantId } = account;
  const contentSha256 = contentHash({ kind, ...content });
  const known = await readChange(tx, loanId, changeId);
  if (known && known.contentSha256 !== contentSha256) throw idReused('change of a loan');
  if (known) return { outcome: 'known', view: viewOf(known) };
  if (account.closedOn !== null) throw fileClosed(account.closedOn);
  if (!mayBeToldOf(account, kind)) throw notLive();
  const decision = await decide();
  const { rows: waiting } = await tx.query<{ changeId: string }>(WAITING, [loanId, kind]);
  if (waiting[0] && decision.by === 'people') throw waitsAlready(waiting[0].changeId);
  const taskId = decision.by === 'people' ? await openQuestion(tx, account, { changeId, kind, content }, decision, principal, now) : null;
  const state = taskId === null ? 'applied' : 'requested';
  const values = [taskId, JSON.stringify(content), contentSha256, state, now, principal.id, taskId === null ? now : null];
  await tx.query(INSERT, [loanId, changeId, tenantId, kind, ...values]);
  const stored = await readChange(tx, loanId, changeId);
  return { outcome: taskId === null ? 'applied' : 'waits', view: viewOf(stored!) };
}

function openQuestion(
  tx: EventTransaction,
  { loanId, applicationId, tenantId, status, loanClass }: LoanAccount,
  { changeId, content }: WantedChange,
  { question, facts }: Extract<Decision, { readonly by: 'people' }>,
  principal: Pick<Principal, 'id'>,
  now: Date,
): Promise<string> {
  const shown = { ...content, ...facts, applicationId, loanStatus: status, loanClass };
  const parties = { maker: principal.id };
  return openTask(tx, question, { subjectId: loanId, subject: { loanId, changeId }, tenantId, facts: shown, parties }, now);
}

function notLive(): Problem {
  return new Problem({
    status: 409,
    code: 'LOAN_NOT_LIVE',
    title: 'Nothing is owed on this loan any more.',
    detail: 'A loan that has ended is not changed. Nothing was changed.',
  });
}

function fileClosed(closedOn: string): Problem {
  return new Problem({
    status: 409,
    code: 'LOAN_CLOSED',
    title: 'The file of the loan is closed.',
    detail: `It was closed on ${closedOn}; it is kept, and nothing is done with it. Nothing was changed.`,
  });
}

function waitsAlready(changeId: string): Problem {
  return new Problem({
    status: 409,
    code: 'CHANGE_WAITS_ALREADY',
    title: 'Another change of the same kind waits for its decision.',
    detail: `It is ${changeId}; it is decided first. Nothing was changed.`,
  });
}
