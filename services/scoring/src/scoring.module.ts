import { ScoreComputed, ScoringFailed, ScoringRequested } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineService } from '@millrace/service';
import { Module } from '@nestjs/common';
import { checkContent } from './check-content.js';
import { ScoringConfig } from './config.js';
import { INVOICE_PLATFORM, ReadBatch } from './invoices/read-batch.js';
import { OnScoringRequested } from './request/on-scoring-requested.js';
import { ResumeRequests } from './request/resume-requests.js';
import { ScoreRequests } from './request/score-requests.js';
import { RecomputeScore } from './score/recompute-score.js';
import { RecordScore } from './score/record-score.js';
import { ScoreController } from './score/score.controller.js';
import { ScoreFirm } from './score/score-firm.js';

/** Wiring of scoring. */
@Module({
  controllers: [ScoreController],
  providers: [OnScoringRequested, ScoreRequests, ResumeRequests, ReadBatch, ScoreFirm, RecordScore, RecomputeScore],
})
export class ScoringModule {}

/** Features, score, risk index, limit and price of a firm, with all it takes to compute them again. */
export const scoring = defineService({
  name: 'scoring',
  schema: 'scoring',
  config: ScoringConfig,
  check: checkContent,
  module: ScoringModule,
  migrations: new URL('../migrations', import.meta.url),
  consumes: [consume(ScoringRequested, OnScoringRequested)],
  produces: [ScoreComputed, ScoringFailed],
  outsideParties: [INVOICE_PLATFORM],
  jobs: { score_firm: ScoreFirm },
  tickers: [{ intervalMs: 5_000, ticker: ResumeRequests }],
});
