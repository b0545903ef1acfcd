import { defineCapability } from '@millrace/service';

/** What a firm's invoices say as figures, by version of the rules. */
export const features = defineCapability({ name: 'features', face: ['invoice-features', 'invoice-features-v1', 'invoice-input'] });
