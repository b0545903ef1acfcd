import type { IsoDate } from '@millrace/finance';
import { policyInForce, policyOf } from '@millrace/policy';
import type { StandingRules } from './standing.js';

/** What classes a loan on a day: the release in force then for the licence that it was lent under, whatever it was signed under. */
export const rulesOn = (policyVersion: string, on: IsoDate): StandingRules => policyInForce(policyOf(policyVersion).lenderType, on);
