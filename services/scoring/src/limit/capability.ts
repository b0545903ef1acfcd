import { defineCapability } from '@millrace/service';

/** How much a firm's cash flow carries. */
export const limit = defineCapability({ name: 'limit', face: ['limit'] });
