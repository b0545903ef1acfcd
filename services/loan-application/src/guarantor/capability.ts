import { defineCapability } from '@millrace/service';

/** Who is to stand for the loan of an application: what is asked of a guarantor at the door, and what is kept of it. */
export const guarantor = defineCapability({
  name: 'guarantor',
  face: ['guarantor-policy', 'guarantor.dto', 'insert-guarantors', 'read-guarantors'],
});
