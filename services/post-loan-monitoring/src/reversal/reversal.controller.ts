import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RequestReversal, type ReversalView } from './request-reversal.js';
import { RequestReversalDto } from './reversal.dto.js';

@Controller('loans/:loanId/reversals')
export class ReversalController {
  constructor(@Inject(RequestReversal) private readonly requestReversal: RequestReversal) {}

  /** 202 where the request is new, 200 for the same content again, as it stands now. */
  @Put(':reversalId')
  async request(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('reversalId', ParseUUIDPipe) reversalId: string,
    @Body() body: RequestReversalDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReversalView> {
    const { isNew, view } = await this.requestReversal.request(principal, loanId, reversalId.toLowerCase(), {
      ...body,
      repaymentId: body.repaymentId.toLowerCase(),
    });
    reply.status(isNew ? 202 : 200);
    return view;
  }
}
