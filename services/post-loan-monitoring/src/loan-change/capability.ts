import { defineCapability } from '@millrace/service';
import { LoanChangeController } from './loan-change.controller.js';

/** Changes of a loan besides its money: asked for under an id of the caller, kept with their content, and decided by two persons or a committee where one may not do it alone. */
export const loanChange = defineCapability({
  name: 'loan-change',
  face: ['apply-terms', 'ask-change', 'change-question', 'settle-change'],
  controllers: [LoanChangeController],
});
