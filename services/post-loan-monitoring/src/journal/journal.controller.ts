import { CurrentPrincipal, Database, requireRight, type Principal } from '@millrace/service';
import { Controller, Get, Inject, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { PageDto } from '../loan/page.dto.js';
import { readAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { readJournal, type JournalView } from './read-journal.js';

/** The books of a loan, for the lender's staff. */
@Controller('loans/:loanId/journal')
export class JournalController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Get()
  async show(@CurrentPrincipal() principal: Principal, @Param('loanId', ParseUUIDPipe) loanId: string, @Query() page: PageDto): Promise<JournalView> {
    requireRight(principal, 'journal');
    const loan = visibleLoan(principal, await readAccount(this.database, loanId));
    return readJournal(this.database, loan.loanId, page);
  }
}
