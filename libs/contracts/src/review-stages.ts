/** Stages a person may have to look at (R-IT-06). */
export const REVIEW_STAGES = ['verification', 'approval', 'visit', 'committee', 'disbursement', 'appeal'] as const;
export type ReviewStage = (typeof REVIEW_STAGES)[number];

/** Stages as events name them: who decides on the loan is told by the tier, and an appeal by events of its own. */
export const TOLD_STAGES = ['verification', 'approval', 'disbursement'] as const;
export type ToldStage = (typeof TOLD_STAGES)[number];

/** The stage of a review, as its events name it. */
export function toldStage(stage: ReviewStage): ToldStage {
  return stage === 'appeal' || stage === 'committee' || stage === 'visit' ? 'approval' : stage;
}
