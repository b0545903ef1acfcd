import { defineCapability } from '@millrace/service';

/** Scorecards as data: loaded, checked and evaluated. */
export const scorecard = defineCapability({
  name: 'scorecard',
  face: ['evaluate-scorecard', 'feature-set', 'load-scorecard', 'master-scale', 'scorecard'],
});
