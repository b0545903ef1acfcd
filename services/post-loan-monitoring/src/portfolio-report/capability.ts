import { defineCapability } from '@millrace/service';
import { PortfolioReportController } from './portfolio-report.controller.js';
import { PortfolioReports } from './portfolio-reports.js';

/** Reports of the whole book by day: balances, non-performing loans and what is set aside for them, vintages, roll rates, first payments (R-CR-07). */
export const portfolioReport = defineCapability({
  name: 'portfolio-report',
  face: ['write-report'],
  controllers: [PortfolioReportController],
  providers: [PortfolioReports],
});
