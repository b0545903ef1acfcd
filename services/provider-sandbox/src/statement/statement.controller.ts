import { Controller, Get, Param, Query } from '@nestjs/common';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { StatementBook } from './statement-book.js';
import { StatementQueryDto, type StatementPage } from './statement.dto.js';

/** The bank's statement of a lender's account, by day and cursor. */
@Controller('v1/bank/statements')
@PlaysProvider('statement')
export class StatementController {
  constructor(private readonly book: StatementBook) {}

  @Get(':account')
  page(@Param('account') account: string, @Query() query: StatementQueryDto): Promise<StatementPage> {
    return this.book.page(account, query);
  }
}
