import { defineCapability } from '@millrace/service';

/** What is asked of sources about those who are to stand for a loan, and what follows from it. */
export const guarantorCheck = defineCapability({
  name: 'guarantor-check',
  face: ['guarantor-checks', 'guarantor-findings'],
});
