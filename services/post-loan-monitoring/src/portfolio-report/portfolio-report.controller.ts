import type { FirstPaymentAnswer, PortfolioAnswer, RollRatesAnswer, VintageAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, requireRight, type Principal } from '@millrace/service';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { PortfolioReports } from './portfolio-reports.js';
import { MonthsQueryDto, ReportQueryDto } from './report-query.dto.js';

/** Reports of the lender's book, for its own staff. */
@Controller('reports')
export class PortfolioReportController {
  constructor(@Inject(PortfolioReports) private readonly reports: PortfolioReports) {}

  @Get('portfolio')
  portfolio(@CurrentPrincipal() principal: Principal, @Query() { date }: ReportQueryDto): Promise<PortfolioAnswer> {
    requireRight(principal, 'portfolioReport');
    return this.reports.portfolio(principal.tenantId, date);
  }

  @Get('vintage')
  vintage(@CurrentPrincipal() principal: Principal, @Query() { date, months }: MonthsQueryDto): Promise<VintageAnswer> {
    requireRight(principal, 'portfolioReport');
    return this.reports.vintage(principal.tenantId, date, months);
  }

  @Get('roll-rates')
  rollRates(@CurrentPrincipal() principal: Principal, @Query() { date, months }: MonthsQueryDto): Promise<RollRatesAnswer> {
    requireRight(principal, 'portfolioReport');
    return this.reports.rollRates(principal.tenantId, date, months);
  }

  @Get('first-payment-default')
  firstPayments(@CurrentPrincipal() principal: Principal, @Query() { date, months }: MonthsQueryDto): Promise<FirstPaymentAnswer> {
    requireRight(principal, 'portfolioReport');
    return this.reports.firstPayments(principal.tenantId, date, months);
  }
}
