import { LIST_SCORES, RECOMPUTE_SCORE } from '@millrace/contracts/api';
import { defineCapability } from '@millrace/service';
import { serveRoute } from '../described/serve-route.js';
import { ReadScores } from './read-scores.js';

/** Scores, shown to whom the application is open to. */
export const score = defineCapability({
  name: 'score',
  controllers: [serveRoute(LIST_SCORES, ReadScores), serveRoute(RECOMPUTE_SCORE, ReadScores)],
  providers: [ReadScores],
});
