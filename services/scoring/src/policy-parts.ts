import type { PolicyParts } from '@millrace/policy';
import { loadScorecard, scorecardIds } from './scorecard/load-scorecard.js';

/** What of a release of the policy is this service's: its scorecards, old ones too. */
export const policyParts = (): PolicyParts => Object.fromEntries(scorecardIds().map((id) => [`scoring/scorecards/${id}`, loadScorecard(id).sha256]));
