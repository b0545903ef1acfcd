import { defineCapability } from '@millrace/service';
import { AskedMarkController, DisputeMarkController } from './dispute-mark.controller.js';

/** The credit bureau where lenders have reports marked as disputed. */
export const bureauDispute = defineCapability({
  name: 'bureau-dispute',
  controllers: [DisputeMarkController, AskedMarkController],
});
