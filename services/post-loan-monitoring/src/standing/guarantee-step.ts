import { guaranteeStatusOf } from '../guarantee-life/guarantee-state.js';
import type { StandingStep } from './standing.js';

/** What stands for the loan beside its borrower (R-CR-19); the guarantees themselves have been followed through the day. */
export const guaranteeStep: StandingStep = {
  name: 'guarantee',
  turnsAt: () => [],
  take: (found, { guaranteeStates }) => ({ ...found, guaranteeStatus: guaranteeStatusOf(guaranteeStates) }),
};
