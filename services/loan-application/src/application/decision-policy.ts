import type { ApplicationStatus, ProcessStatus } from '../process/loan-process.js';

/** What a decision came to: an offer, a refusal, or a person who has to look (R-TC-08). */
export type DecisionOutcome = 'approved' | 'rejected' | 'referred';

/** A decision as its figures tell it. */
export interface MeasuredDecision {
  readonly outcome: DecisionOutcome;
  /** Who came to it: the engine by itself, or a person at a review task. */
  readonly decider: 'engine' | 'person';
}

const BY_ENGINE: readonly ProcessStatus[] = ['CHECKING', 'SCORING'];
const BY_PERSON: readonly ProcessStatus[] = ['ENHANCED_REVIEW', 'REVIEW_SINGLE'];
const OUTCOMES: Partial<Record<ProcessStatus, DecisionOutcome>> = {
  OFFERED: 'approved',
  REJECTED: 'rejected',
  ENHANCED_REVIEW: 'referred',
  REVIEW_SINGLE: 'referred',
};

/** Every decision that there can be: a verification that a person clears may be referred again, to an approver. */
export const MEASURED_DECISIONS: readonly MeasuredDecision[] = [
  ...(['approved', 'rejected', 'referred'] as const).map((outcome) => ({ outcome, decider: 'engine' as const })),
  ...(['approved', 'rejected', 'referred'] as const).map((outcome) => ({ outcome, decider: 'person' as const })),
];

/** The decision that a step is; undefined for a step that decides nothing. Whoever withdraws was not decided upon. */
export function decisionOf(from: ProcessStatus, to: ApplicationStatus): MeasuredDecision | undefined {
  const outcome = OUTCOMES[to];
  if (outcome === undefined || from === to) return undefined;
  if (BY_ENGINE.includes(from)) return { outcome, decider: 'engine' };
  return BY_PERSON.includes(from) ? { outcome, decider: 'person' } : undefined;
}
