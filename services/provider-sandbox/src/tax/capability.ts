import { defineCapability } from '@millrace/service';
import { TaxController } from './tax.controller.js';

/** The tax office. */
export const tax = defineCapability({
  name: 'tax',
  controllers: [TaxController],
});
