import type { ProcessDecision } from '@millrace/process';

/** Every decision that there can be, so that each figure is there before its first one: a verification that a person clears may be referred again, to an approver. */
export const MEASURED_DECISIONS: readonly ProcessDecision[] = (['engine', 'person'] as const).flatMap((decider) =>
  (['approved', 'rejected', 'referred'] as const).map((outcome) => ({ outcome, decider })),
);
