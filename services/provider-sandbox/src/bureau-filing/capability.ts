import { defineCapability } from '@millrace/service';
import { FiledReportController, FilingController } from './filing.controller.js';

/** The credit bureau where lenders report to it. */
export const bureauFiling = defineCapability({
  name: 'bureau-filing',
  face: ['filing.controller', 'filing.dto'],
  controllers: [FilingController, FiledReportController],
});
