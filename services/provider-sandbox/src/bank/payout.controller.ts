import { notFound } from '@millrace/service';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { RequestId } from '../answer/request-id.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { PayoutBook } from './payout-book.js';
import { PayoutDto, type PayoutView } from './payout.dto.js';

/** The bank that pays loans out. */
@Controller('v1/bank/payouts')
@PlaysProvider('bank')
export class PayoutController {
  constructor(private readonly book: PayoutBook) {}

  @Put(':payoutId')
  put(@RequestId('payoutId') payoutId: string, @Body() body: PayoutDto): Promise<PayoutView> {
    return this.book.enter(payoutId, body);
  }

  /** 404: the bank never saw it, so that it may be sent under this id. */
  @Get(':payoutId')
  async get(@RequestId('payoutId') payoutId: string): Promise<PayoutView> {
    const payout = await this.book.find(payoutId);
    if (!payout) throw notFound('payout');
    return payout;
  }
}
