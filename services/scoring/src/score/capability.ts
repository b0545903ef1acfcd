import { ScoreComputed, ScoringFailed } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { RecomputeScore } from './recompute-score.js';
import { RecordScore } from './record-score.js';
import { ScoreFirm } from './score-firm.js';
import { ScoreController } from './score.controller.js';

/** The score of a firm with limit and price, and its evaluation again from what is stored. */
export const score = defineCapability({
  name: 'score',
  face: ['evaluate-firm', 'repeat-score'],
  controllers: [ScoreController],
  providers: [RecordScore, RecomputeScore],
  produces: [ScoreComputed, ScoringFailed],
  jobs: { score_firm: ScoreFirm },
});
