import { ScoreComputed, ScoringFailed } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { ApprovalMatrix } from './approval-matrix.js';
import { OnScoreComputed } from './on-score-computed.js';
import { OnScoringFailed } from './on-scoring-failed.js';
import { RecheckScore } from './recheck-score.js';

/** Whether a score is approved at once, refused, or decided by people of which tier. */
export const approval = defineCapability({
  name: 'approval',
  face: ['approval-matrix', 'approved-offer', 'repeat-routing'],
  providers: [ApprovalMatrix, RecheckScore],
  consumes: [consume(ScoreComputed, OnScoreComputed), consume(ScoringFailed, OnScoringFailed)],
});
