import { collectionStageOf } from '../collection-case/collection-stage.js';
import type { StandingStep } from './standing.js';

/** How the arrears are pursued, by days past due and write-off (M-CO-01). */
export const collectionStep: StandingStep = {
  name: 'collection-stage',
  turnsAt: ({ collection: { stageFromDpd } }) => stageFromDpd,
  take: (found, { dpd, isWrittenOff, rules }) => ({ ...found, collectionStage: collectionStageOf({ dpd, isWrittenOff }, rules.collection) }),
};
