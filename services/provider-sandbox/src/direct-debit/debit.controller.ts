import { notFound } from '@millrace/service';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { RequestId } from '../answer/request-id.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { DebitBook } from './debit-book.js';
import { DebitDto, type DebitView } from './debit.dto.js';

/** The bank that debits customers' accounts under their mandates (批扣). */
@Controller('v1/bank/debits')
@PlaysProvider('debits')
export class DebitController {
  constructor(private readonly book: DebitBook) {}

  @Put(':debitId')
  put(@RequestId('debitId') debitId: string, @Body() body: DebitDto): Promise<DebitView> {
    return this.book.enter(debitId, body);
  }

  /** 404: the bank never saw it, so that it may be sent under this id. */
  @Get(':debitId')
  async get(@RequestId('debitId') debitId: string): Promise<DebitView> {
    const debit = await this.book.find(debitId);
    if (!debit) throw notFound('debit');
    return debit;
  }
}
