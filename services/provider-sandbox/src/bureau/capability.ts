import { defineCapability } from '@millrace/service';
import { BureauController } from './bureau.controller.js';

/** The credit bureau. */
export const bureau = defineCapability({
  name: 'bureau',
  controllers: [BureauController],
});
