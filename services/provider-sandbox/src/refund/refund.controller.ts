import { notFound } from '@millrace/service';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { RequestId } from '../answer/request-id.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { RefundBook } from './refund-book.js';
import { RefundDto, type RefundView } from './refund.dto.js';

/** The bank that sends money back to whoever has paid it (退款). */
@Controller('v1/bank/refunds')
@PlaysProvider('refunds')
export class RefundController {
  constructor(private readonly book: RefundBook) {}

  @Put(':refundId')
  put(@RequestId('refundId') refundId: string, @Body() body: RefundDto): Promise<RefundView> {
    return this.book.enter(refundId, body);
  }

  /** 404: the bank never saw it, so that it may be sent under this id. */
  @Get(':refundId')
  async get(@RequestId('refundId') refundId: string): Promise<RefundView> {
    const refund = await this.book.find(refundId);
    if (!refund) throw notFound('refund');
    return refund;
  }
}
