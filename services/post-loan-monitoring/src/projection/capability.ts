import { defineCapability } from '@millrace/service';

/** What the known facts of a loan say of it on a day, computed on paper. */
export const projection = defineCapability({
  name: 'projection',
  face: ['case-file', 'due-totals', 'earned', 'loan-case', 'loan-facts', 'paper-due', 'paper-loan', 'project-loan'],
});
