import { defineCapability } from '@millrace/service';

/** The risk index of a firm. */
export const index = defineCapability({ name: 'index', face: ['risk-index'] });
