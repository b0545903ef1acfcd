import { CreditReportWithheld } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { CreditReportController } from './credit-report.controller.js';

/** What the credit bureau is told of loans, each once a month and on the day of a change, and arrears after their notice. */
export const creditReport = defineCapability({
  name: 'credit-report',
  face: ['credit-report', 'file-report', 'report-changes', 'report-month'],
  controllers: [CreditReportController],
  produces: [CreditReportWithheld],
});
