import { defineCapability } from '@millrace/service';
import { checkScorecards } from './load-scorecard.js';

/** Scorecards as data: loaded, checked and evaluated. */
export const scorecard = defineCapability({
  name: 'scorecard',
  face: ['evaluate-scorecard', 'feature-set', 'load-scorecard', 'master-scale', 'scorecard'],
  check: checkScorecards,
});
