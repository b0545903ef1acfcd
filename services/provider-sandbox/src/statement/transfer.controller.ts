import { Body, Controller, Put } from '@nestjs/common';
import { RequestId } from '../answer/request-id.js';
import { StatementBook } from './statement-book.js';
import { TransferDto, type StatementLine } from './statement.dto.js';

/** A customer who pays: control of the sandbox, and no part of the contract. */
@Controller('sandbox/transfers')
export class TransferController {
  constructor(private readonly book: StatementBook) {}

  @Put(':transferId')
  put(@RequestId('transferId') transferId: string, @Body() body: TransferDto): Promise<StatementLine> {
    return this.book.transfer(transferId, body);
  }
}
