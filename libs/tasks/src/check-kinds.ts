import { isParameterType } from './parameter-type.js';
import { PARTIES, TASK_SUBJECTS, type CommitteeRule, type TaskDecision, type TaskKind } from './task-kind.js';

/** What a kind may refer to. */
export interface KnownWords {
  /** Roles of staff that there are. */
  readonly roles: readonly string[];
  /** True for a code of the reason catalogue that a person may give for a decision. */
  readonly isReason: (code: string) => boolean;
}

const NAME = /^[a-z][a-z0-9-]{1,59}$/;

function problemsOfDecision({ name, meaning, parameters, reasons }: TaskDecision, { isReason }: KnownWords): string[] {
  const wrong = Object.entries(parameters).filter(([, type]) => !isParameterType(type));
  const unknown = reasons.filter((code) => !isReason(code));
  return [
    ...(NAME.test(name) ? [] : [`its decision "${name}" is not named in lower case with hyphens`]),
    ...(meaning.trim() === '' ? [`its decision ${name} does not say what will be done`] : []),
    ...wrong.map(([parameter, type]) => `parameter ${parameter} of ${name} has the type ${type}, which there is not`),
    ...(reasons.length === 0 ? [`its decision ${name} has no reason that could be given`] : []),
    ...unknown.map((code) => `${name} may be given for ${code}, which the reason catalogue has not`),
  ];
}

function problemsOfCommittee({ seats, quorum, yes, no, majority, vetoRole }: CommitteeRule, { decisions, roles }: TaskKind): string[] {
  const names = decisions.map(({ name }) => name);
  return [
    ...(quorum > seats ? [`its quorum of ${quorum} is larger than the ${seats} members of the committee`] : []),
    ...(quorum < 2 ? [`its quorum is ${quorum}: a committee has at least two who vote`] : []),
    ...(majority.of < 1 || majority.of > majority.outOf || majority.of * 2 < majority.outOf
      ? [`its majority of ${majority.of} in ${majority.outOf} is none`]
      : []),
    ...[yes, no].filter((name) => !names.includes(name)).map((name) => `its committee votes on ${name}, which is none of its decisions`),
    ...(yes === no ? ['its committee has one outcome only'] : []),
    ...(roles.includes(vetoRole) ? [] : [`the role ${vetoRole}, which has the veto, is none of its roles`]),
    ...(decisions.some(({ parameters }) => Object.keys(parameters).length > 0)
      ? ['a decision of its committee has parameters, on which members could differ']
      : []),
  ];
}

function problemsOf(kind: TaskKind, known: KnownWords): string[] {
  const { question, subject, roles, vote, independentOf, due, decisions } = kind;
  return [
    ...(NAME.test(kind.kind) ? [] : ['it is not named in lower case with hyphens']),
    ...(question.trim() === '' ? ['it asks nothing'] : []),
    ...((TASK_SUBJECTS as readonly string[]).includes(subject) ? [] : [`its subject ${subject} is none of ${TASK_SUBJECTS.join(', ')}`]),
    ...(roles.length === 0 ? ['no role may decide it'] : []),
    ...roles.filter((role) => !known.roles.includes(role)).map((role) => `its role ${role} is none that staff can have`),
    ...independentOf.filter((party) => !PARTIES.includes(party)).map((party) => `${party} is no part that a person can have in its subject`),
    ...(due === 'given' || due?.hours > 0 ? [] : ['it does not say when it is due']),
    ...(decisions.length === 0 ? ['it has no decision'] : []),
    ...decisions.flatMap((decision) => problemsOfDecision(decision, known)),
    ...(new Set(decisions.map(({ name }) => name)).size < decisions.length ? ['two of its decisions have one name'] : []),
    ...(vote.kind === 'committee' ? problemsOfCommittee(vote, kind) : []),
  ];
}

/**
 * What is wrong with the kinds of a service, one plain line each with the kind's name: asked before anything listens, so that a half-done kind never
 * opens a task that nobody can decide.
 */
export function problemsOfKinds(kinds: readonly TaskKind[], known: KnownWords): string[] {
  const names = kinds.map(({ kind }) => kind);
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  return [
    ...twice.map((name) => `task kind ${name}: it is registered twice`),
    ...kinds.flatMap((kind) => problemsOf(kind, known).map((problem) => `task kind ${kind.kind}: ${problem}`)),
  ];
}
