import { CurrentPrincipal, Database, requireRight, type Principal } from '@millrace/service';
import { Controller, Get, Inject, Param, ParseUUIDPipe } from '@nestjs/common';
import { readAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { readChanges, type LoanChangeView } from './read-changes.js';

@Controller('loans/:loanId/changes')
export class LoanChangeController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Get()
  async list(@CurrentPrincipal() principal: Principal, @Param('loanId', ParseUUIDPipe) loanId: string): Promise<{ items: LoanChangeView[] }> {
    const account = visibleLoan(principal, await readAccount(this.database, loanId));
    requireRight(principal, 'loanChanges');
    return { items: await readChanges(this.database, account.loanId) };
  }
}
