import { checkServiceContent } from '@millrace/policy';
import { policyParts } from './policy-parts.js';
import { checkScorecards } from './scorecard/load-scorecard.js';

/** What is wrong with policy or scorecards, a line each, before anything listens (T31). */
export const checkContent = (): Promise<string[]> => checkServiceContent('scoring', [checkScorecards], policyParts);
