import { normalForm } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { commentHash } from './comment-hash.js';
import { dependenceOf } from './independence-policy.js';
import { isParameter, meaningOf } from './parameter-type.js';
import { earlierDeciders, lockTask, votesOf, type TaskVote } from './read-tasks.js';
import type { Task } from './task.entity.js';
import type { CommitteeRule, DecidedTask, TaskDecision, TaskKind } from './task-kind.js';
import { TaskRefused } from './task-refused.js';
import { tallyCommittee } from './vote-policy.js';
import { changeTask, recordChange, tellChanged, tellDecided, writeStep, type StepText } from './write-task.js';

/** Who says something: a member of staff with roles, or an operator, who decides what two persons decide. */
export interface Person {
  readonly name: string;
  readonly roles: readonly string[] | 'operator';
}

/** What one person says about a task. */
export interface Saying {
  readonly decision: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** One of the codes of the reason catalogue that the decision takes. */
  readonly reason: string;
  /** What the code does not say, in own words; it stays with the vote, and its hash stands in the history. */
  readonly comment?: string | undefined;
  /** Id that the client made for it. */
  readonly voteId?: string;
  readonly by: Person;
}

/** What came of it: more people have to say something, or enough have. */
export type Said = { readonly kind: 'waiting'; readonly taskId: string; readonly why: string } | { readonly kind: 'decided'; readonly task: DecidedTask };

const MAX_REASON = 500;
const MAX_COMMENT = 2_000;

/** Holds a decision against those of the kind; throws {@link TaskRefused} naming what is wrong and what would be right. */
export function checkDecision(kind: TaskKind, name: string, parameters: Readonly<Record<string, string>>): TaskDecision {
  const decision = kind.decisions.find((known) => known.name === name);
  if (!decision)
    throw new TaskRefused('DECISION_UNKNOWN', `${kind.kind} has no decision ${name}; there are ${kind.decisions.map((known) => known.name).join(', ')}`);
  for (const [parameter, type] of Object.entries(decision.parameters)) {
    const given = parameters[parameter];
    if (given === undefined) throw new TaskRefused('PARAMETER_WRONG', `the decision ${name} needs ${parameter}: ${meaningOf(type)}`);
    if (!isParameter(type, given)) throw new TaskRefused('PARAMETER_WRONG', `${parameter} must be ${meaningOf(type)}`);
  }
  const unknown = Object.keys(parameters).filter((parameter) => !Object.hasOwn(decision.parameters, parameter));
  if (unknown.length > 0) throw new TaskRefused('PARAMETER_WRONG', `the decision ${name} has no parameter ${unknown.join(', ')}`);
  return decision;
}

function checkReason({ name, reasons }: TaskDecision, { reason, comment = '' }: Saying): void {
  if (!reasons.includes(reason)) throw new TaskRefused('REASON_UNKNOWN', `to ${name}, give one of: ${reasons.join(', ')}`);
  if (comment.length > MAX_COMMENT) throw new TaskRefused('COMMENT_TOO_LONG', `a comment has at most ${MAX_COMMENT} characters`);
}

/** The person's name in the form in which names are compared. */
export function keyOf({ name }: Person): string {
  const key = normalForm(name);
  if (key === '') throw new TaskRefused('NAME_MISSING', 'a decision needs the name of the person who makes it');
  return key;
}

/** Refuses whoever has none of the roles. An operator has the database and no role: what two persons decide is open to operators too. */
export function checkRole(kind: TaskKind, { roles }: Person): void {
  const allowed = roles === 'operator' ? kind.vote.kind === 'two-persons' : roles.some((role) => kind.roles.includes(role));
  if (!allowed) throw new TaskRefused('FORBIDDEN', `a task of kind ${kind.kind} is decided by: ${kind.roles.join(', ')}`);
}

/** The open task, locked. */
export async function lockOpen(tx: EventTransaction, kind: TaskKind, taskId: string): Promise<Task> {
  const task = await lockTask(tx, taskId);
  if (!task || task.kind !== kind.kind) throw new TaskRefused('TASK_UNKNOWN', `there is no task ${taskId} of kind ${kind.kind}`);
  if (task.status === 'closed') throw new TaskRefused('TASK_CLOSED', 'the task is closed: nobody has to decide any more');
  if (task.status !== 'open') {
    const who = (await votesOf(tx, task)).map(({ voter }) => voter);
    throw new TaskRefused('ALREADY_DECIDED', `${task.decision} was ${saidBy(who)} already`);
  }
  return task;
}

function saidBy([first, ...others]: readonly string[]): string {
  return others.length === 0 ? `decided by ${first}` : `proposed by ${first} and confirmed by ${others.join(', ')}`;
}

/** Refuses a person who made the subject, looks after the firm or decided about it before; the attempt is for the history: {@link noteDependence}. */
export async function checkIndependence(tx: EventTransaction, kind: TaskKind, task: Task, personKey: string): Promise<void> {
  const deciderKeys = kind.independentOf.includes('decider') ? await earlierDeciders(tx, task) : [];
  const party = dependenceOf(personKey, kind, { parties: task.parties, deciderKeys });
  if (party) throw new TaskRefused('SOD_VIOLATION', `a person who is ${party} of the subject may not decide here; another person with the role has to`);
}

/** Keeps in the history that somebody tried to decide who is not independent (platform.sod.violation_blocked, R-OP-06); in a transaction of its own. */
export async function noteDependence(tx: EventTransaction, taskId: string, by: Person, now: Date): Promise<void> {
  await writeStep(tx, taskId, { action: 'SOD_BLOCKED', by: by.name }, now);
}

const VOTE = `insert into task_vote (task_id, round, voter_key, voter, decision, parameters, reason, comment, vote_id, has_veto, at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

/** Writes what a person says into the round of the task. */
async function writeVote(tx: EventTransaction, { taskId, round }: Pick<Task, 'taskId' | 'round'>, vote: Omit<TaskVote, 'at'>, now: Date): Promise<void> {
  const { voterKey, voter, decision, parameters, reason, comment, voteId, hasVeto } = vote;
  await tx.query(VOTE, [taskId, round, voterKey, voter, decision, JSON.stringify(parameters), reason, comment, voteId, hasVeto, now]);
}

/**
 * Takes what one person says about a task. One person decides alone where the kind says so. Of two, the first proposes, a second one who says the same
 * confirms, and another decision replaces what was proposed and has to be confirmed itself. A committee's members vote once each.
 * @throws TaskRefused where there is no such decision or reason, the person may not say it, or one person would decide alone
 */
export async function decideTask(tx: EventTransaction, kind: TaskKind, taskId: string, saying: Saying, now: Date): Promise<Said> {
  checkReason(checkDecision(kind, saying.decision, saying.parameters), saying);
  const voterKey = keyOf(saying.by);
  checkRole(kind, saying.by);
  const task = await lockOpen(tx, kind, taskId);
  await checkIndependence(tx, kind, task, voterKey);
  if (kind.vote.kind !== 'committee' && task.claimedBy !== null && normalForm(task.claimedBy) !== voterKey)
    throw new TaskRefused('CLAIMED_BY_OTHER', `${task.claimedBy} has taken this task; it has to be given back first`);
  const { decision, parameters, reason, comment = null, voteId = null, by } = saying;
  const vote = { voterKey, voter: by.name, decision, parameters, reason, comment, voteId, hasVeto: false };
  if (kind.vote.kind === 'committee') return voteInCommittee(tx, kind.vote, task, { ...vote, hasVeto: by.roles.includes(kind.vote.vetoRole) }, now);
  if (kind.vote.kind === 'two-persons') return sayAsOneOfTwo(tx, task, vote, now);
  await writeVote(tx, task, vote, now);
  return end(tx, task, { decision, parameters, reason, by: by.name, commentSha256: sealOf(vote) }, now);
}

/** Seal of a vote's comment; none where there is no comment. */
function sealOf({ comment }: Pick<TaskVote, 'comment'>): string | null {
  return comment === null ? null : commentHash(comment);
}

function sameParameters(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

async function sayAsOneOfTwo(tx: EventTransaction, task: Task, vote: Omit<TaskVote, 'at'> & { decision: string }, now: Date): Promise<Said> {
  const [proposal] = await votesOf(tx, task);
  const { decision, parameters, reason, voter } = vote;
  const said = { by: voter, decision, parameters, reason };
  const step = { ...said, commentSha256: sealOf(vote) };
  if (proposal?.decision === decision && sameParameters(proposal.parameters, parameters)) {
    if (proposal.voterKey === vote.voterKey)
      throw new TaskRefused('SECOND_PERSON_NEEDED', `${proposal.voter} proposed this; a second person has to confirm it under another name`);
    await writeVote(tx, task, vote, now);
    await writeStep(tx, task.taskId, { action: 'CONFIRM', ...step }, now);
    return end(tx, task, said, now, 2);
  }
  const round = task.round + (proposal ? 1 : 0);
  await writeVote(tx, { taskId: task.taskId, round }, vote, now);
  // Who had taken it has said a word; the second person needs it free.
  await recordChange(tx, task.taskId, { round, failure: null, claimedBy: null, claimedAt: null }, { action: 'PROPOSE', ...step }, now, 1);
  return { kind: 'waiting', taskId: task.taskId, why: 'a second person has to say the same' };
}

function committeeOf({ kind, vote }: TaskKind): CommitteeRule {
  if (vote.kind !== 'committee') throw new TaskRefused('FORBIDDEN', `${kind} has no committee`);
  return vote;
}

async function voteInCommittee(tx: EventTransaction, committee: CommitteeRule, task: Task, vote: Omit<TaskVote, 'at'>, now: Date): Promise<Said> {
  const { decision, reason, voter } = vote;
  const votes = await votesOf(tx, task);
  if (votes.some(({ voterKey }) => voterKey === vote.voterKey)) throw new TaskRefused('ALREADY_VOTED', `${voter} has voted already; a vote is not changed`);
  if (votes.length >= committee.seats) throw new TaskRefused('SEATS_TAKEN', `all ${committee.seats} members of the committee have spoken`);
  await writeVote(tx, task, vote, now);
  await writeStep(tx, task.taskId, { action: decision === null ? 'CONFLICT' : 'VOTE', by: voter, decision, reason, commentSha256: sealOf(vote) }, now);
  return count(tx, committee, task, [...votes, { ...vote, at: now }], { by: voter, concluding: false }, now);
}

async function count(
  tx: EventTransaction,
  committee: CommitteeRule,
  task: Task,
  votes: readonly TaskVote[],
  { by, concluding }: { readonly by: string; readonly concluding: boolean },
  now: Date,
): Promise<Said> {
  const tally = tallyCommittee(committee, votes, concluding);
  const cast = votes.filter(({ decision }) => decision !== null).length;
  if (tally.kind === 'decided') return end(tx, task, { decision: tally.decision, parameters: {}, reason: tally.why, by }, now, cast);
  if (concluding) throw new TaskRefused('VOTE_INCOMPLETE', tally.why);
  tellChanged(tx, await changeTask(tx, task.taskId, {}), 'VOTE', cast);
  return { kind: 'waiting', taskId: task.taskId, why: tally.why };
}

/**
 * A member of a committee says that a conflict of interest excludes him or her; the seat then counts for nobody.
 * @param reason what the conflict is, in own words without personal data
 */
export async function declareConflict(tx: EventTransaction, kind: TaskKind, taskId: string, by: Person, reason: string, now: Date): Promise<Said> {
  const voterKey = keyOf(by);
  checkRole(kind, by);
  const committee = committeeOf(kind);
  if (reason.trim() === '' || reason.length > MAX_REASON)
    throw new TaskRefused('REASON_UNKNOWN', `a conflict of interest needs a reason of 1 to ${MAX_REASON} characters`);
  const task = await lockOpen(tx, kind, taskId);
  // Whoever made the subject has no seat to give up.
  await checkIndependence(tx, kind, task, voterKey);
  const vote = {
    voterKey,
    voter: by.name,
    decision: null,
    parameters: {},
    reason,
    comment: null,
    voteId: null,
    hasVeto: by.roles.includes(committee.vetoRole),
  };
  return voteInCommittee(tx, committee, task, vote, now);
}

/** A member closes the vote of a committee with those who have spoken; throws `VOTE_INCOMPLETE` where too few have, or the one with the veto has not. */
export async function concludeVote(tx: EventTransaction, kind: TaskKind, taskId: string, by: Person, now: Date): Promise<Said> {
  checkRole(kind, by);
  const task = await lockOpen(tx, kind, taskId);
  await checkIndependence(tx, kind, task, keyOf(by));
  return count(tx, committeeOf(kind), task, await votesOf(tx, task), { by: by.name, concluding: true }, now);
}

async function end(
  tx: EventTransaction,
  task: Task,
  said: Pick<DecidedTask, 'decision' | 'parameters' | 'reason'> & Pick<StepText, 'commentSha256'> & { readonly by: string },
  now: Date,
  votes = 1,
): Promise<Said> {
  const { decision, parameters, reason } = said;
  const decided = await changeTask(tx, task.taskId, { status: 'decided', decision, parameters, reason, decidedAt: now, failure: null });
  await writeStep(tx, task.taskId, { action: 'DECIDE', ...said }, now);
  tellDecided(tx, decided, votes);
  return { kind: 'decided', task: { ...decided, decision, parameters, reason, votes: await votesOf(tx, task) } };
}
