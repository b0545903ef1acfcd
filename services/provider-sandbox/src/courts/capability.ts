import { defineCapability } from '@millrace/service';
import { CourtController } from './court.controller.js';

/** Courts and enforcement. */
export const courts = defineCapability({
  name: 'courts',
  controllers: [CourtController],
});
