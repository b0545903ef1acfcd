import { ConsentRevoked, ScoringRequested } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { OnConsentRevoked } from './on-consent-revoked.js';
import { OnScoringRequested } from './on-scoring-requested.js';
import { ResumeRequests } from './resume-requests.js';
import { ScoreRequests } from './score-requests.js';

/** Requests for a score, from the event until they are answered. */
export const request = defineCapability({
  name: 'request',
  face: ['retry-policy', 'score-requests'],
  providers: [ScoreRequests],
  consumes: [consume(ScoringRequested, OnScoringRequested), consume(ConsentRevoked, OnConsentRevoked)],
  tickers: [{ intervalMs: 5_000, ticker: ResumeRequests }],
});
