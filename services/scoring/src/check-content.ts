import { checkPolicy } from '@millrace/policy';
import { checkScorecards } from './scorecard/load-scorecard.js';

/** What is wrong with policy or scorecards, a line each, before anything listens (T31). */
export function checkContent(): string[] {
  return [...checkPolicy(), ...checkScorecards()];
}
