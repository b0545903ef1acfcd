import { defineCapability } from '@millrace/service';

/** What is set aside for the losses of a loan, and what the books have to say of it. */
export const provision = defineCapability({ name: 'provision', face: ['provision-changes', 'provision-of-loan', 'schedule-shares'] });
