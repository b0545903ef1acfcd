import type { CommitteeRule } from './task-kind.js';

/** What one member has said, as far as it counts. */
export interface MemberVote {
  /** Null for a declared conflict of interest. */
  readonly decision: string | null;
  readonly hasVeto: boolean;
}

/** How the votes of a committee stand. */
export type Tally =
  | { readonly kind: 'waiting'; readonly why: string }
  | { readonly kind: 'impossible'; readonly why: string }
  | { readonly kind: 'decided'; readonly decision: string; readonly why: 'VETO' | 'MAJORITY' | 'NO_MAJORITY' };

/**
 * Counts the votes of a committee (R-UW-05). A veto decides at once. Else there must be the quorum and, for a yes, the word of whoever has the veto. The
 * order in which members vote changes nothing: before the last seat has spoken only an outcome that no further vote can change is taken, unless the vote is concluded.
 * @param concluding true where a member closes the vote with those who have spoken
 */
export function tallyCommittee(rule: CommitteeRule, votes: readonly MemberVote[], concluding: boolean): Tally {
  const { seats, quorum, yes, no, majority } = rule;
  if (votes.some(({ decision, hasVeto }) => hasVeto && decision === no)) return { kind: 'decided', decision: no, why: 'VETO' };
  const cast = votes.filter(({ decision }) => decision !== null);
  const conflicts = votes.length - cast.length;
  const left = seats - votes.length;
  if (seats - conflicts < quorum)
    return { kind: 'impossible', why: `${conflicts} of ${seats} members have a conflict of interest, so that ${quorum} can no longer vote` };
  if (cast.length < quorum) return { kind: 'waiting', why: `${cast.length} of at least ${quorum} votes are there` };
  const inFavour = cast.filter(({ decision }) => decision === yes).length;
  const isMajority = (votesFor: number, of: number): boolean => votesFor * majority.outOf >= of * majority.of;
  const ends = concluding || left === 0;
  if (ends ? !isMajority(inFavour, cast.length) : !isMajority(inFavour + left, cast.length + left))
    return { kind: 'decided', decision: no, why: 'NO_MAJORITY' };
  if (!votes.some(({ hasVeto }) => hasVeto)) return { kind: 'waiting', why: `${rule.vetoRole}, who has the veto, has not been heard` };
  if (ends || isMajority(inFavour, cast.length + left)) return { kind: 'decided', decision: yes, why: 'MAJORITY' };
  return { kind: 'waiting', why: `${left} members may still vote; the vote can be concluded` };
}

/** Least number of people who decide. */
export function votesNeeded(rule: { readonly kind: string; readonly quorum?: number }): number {
  if (rule.kind === 'committee') return rule.quorum!;
  return rule.kind === 'two-persons' ? 2 : 1;
}
