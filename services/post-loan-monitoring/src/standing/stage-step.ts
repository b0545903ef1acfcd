import { eclStageOf } from '../classification/provision-policy.js';
import type { StandingStep } from './standing.js';

/** Stage of expected loss by days past due and class (G-PV-04). */
export const stageStep: StandingStep = {
  name: 'stage',
  turnsAt: ({ provision: { stage2OverDpd, stage3OverDpd } }) => [stage2OverDpd + 1, stage3OverDpd + 1],
  take: (found, { dpd, isSettled, rules }) =>
    isSettled ? found : { ...found, eclStage: eclStageOf({ dpd, class: found.loanClass, hasRiskRisen: false }, rules.provision) },
};
