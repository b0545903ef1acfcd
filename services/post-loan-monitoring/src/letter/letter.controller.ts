import type { LetterAnswer, LetterTextAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, notFound, type Principal } from '@millrace/service';
import { Controller, Get, Inject, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { PageDto } from '../loan/page.dto.js';
import { readAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { readLetter, readLetters } from './read-letters.js';

/** Letters about a loan. What was written to a guarantor is for staff alone. */
@Controller('loans/:loanId/letters')
export class LetterController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Query() page: PageDto,
  ): Promise<{ items: LetterAnswer[]; nextCursor: string | null }> {
    visibleLoan(principal, await readAccount(this.database, loanId));
    return readLetters(this.database, loanId, principal, page);
  }

  @Get(':letterId')
  async show(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('letterId', ParseUUIDPipe) letterId: string,
  ): Promise<LetterTextAnswer> {
    visibleLoan(principal, await readAccount(this.database, loanId));
    const letter = await readLetter(this.database, loanId, principal, letterId);
    if (!letter) throw notFound('letter');
    return letter;
  }
}
