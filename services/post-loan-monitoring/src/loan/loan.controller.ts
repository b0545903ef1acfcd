import { businessDate, type Clock } from '@millrace/contracts';
import { CLOCK, CurrentPrincipal, Database, type ListPage, type Principal } from '@millrace/service';
import { Controller, Get, Inject, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ListLoans } from './list-loans.js';
import { ListLoansDto } from './list-loans.dto.js';
import { loanView, type LoanView } from './loan-view.js';
import { readAccount } from './read-account.js';
import { scheduleView, type ScheduleView } from './schedule-view.js';
import { visibleLoan } from './visible-loan.js';

/** Loan accounts as of today's business date. */
@Controller('loans')
export class LoanController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ListLoans) private readonly loans: ListLoans,
  ) {}

  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() query: ListLoansDto): Promise<ListPage<LoanView>> {
    return this.loans.list(principal, query);
  }

  @Get(':loanId')
  async show(@CurrentPrincipal() principal: Principal, @Param('loanId', ParseUUIDPipe) loanId: string): Promise<LoanView> {
    return loanView(visibleLoan(principal, await readAccount(this.database, loanId)), businessDate(this.clock.now()));
  }

  @Get(':loanId/schedule')
  async schedule(@CurrentPrincipal() principal: Principal, @Param('loanId', ParseUUIDPipe) loanId: string): Promise<ScheduleView> {
    return scheduleView(visibleLoan(principal, await readAccount(this.database, loanId)), businessDate(this.clock.now()));
  }
}
