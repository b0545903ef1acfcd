import { Body, Controller, Put } from '@nestjs/common';
import { RequestId } from '../answer/request-id.js';
import { PayoutReturns } from './payout-returns.js';
import { PayoutReturnDto, type PayoutReturnView } from './payout.dto.js';

/** The payee's bank sends a payout back: control of the sandbox, and no part of the contract. */
@Controller('sandbox/payout-returns')
export class PayoutReturnController {
  constructor(private readonly returns: PayoutReturns) {}

  @Put(':returnId')
  put(@RequestId('returnId') returnId: string, @Body() body: PayoutReturnDto): Promise<PayoutReturnView> {
    return this.returns.enter(returnId, body);
  }
}
