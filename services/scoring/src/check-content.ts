import { checkParts, checkPolicy } from '@millrace/policy';
import { policyParts } from './policy-parts.js';
import { checkScorecards } from './scorecard/load-scorecard.js';

/** What is wrong with policy or scorecards, a line each, before anything listens (T31). */
export function checkContent(): string[] {
  const faults = [...checkPolicy(), ...checkScorecards()];
  return faults.length > 0 ? faults : checkParts('scoring', policyParts());
}
