import { defineCapability } from '@millrace/service';

/** What the loan costs. */
export const price = defineCapability({ name: 'price', face: ['price'] });
