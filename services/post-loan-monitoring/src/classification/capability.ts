import { defineCapability } from '@millrace/service';

/** Which of the five classes a loan is in, what loss is expected of it and what is set aside for it; pure rules. */
export const classification = defineCapability({
  name: 'classification',
  face: ['book-ratios', 'bucket', 'class-floors', 'class-of-day', 'loan-class', 'observation', 'obligor-debts', 'provision-policy', 'ratio-bps', 'share'],
});
