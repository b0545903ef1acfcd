import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CHANGE_STATUS, type AskedChange } from '../loan-change/ask-change.js';
import { lowerConsents } from '../guarantee/guarantee.dto.js';
import { RequestRestructuring } from './request-restructuring.js';
import { RestructureLoanDto } from './restructuring.dto.js';

@Controller('loans/:loanId/restructurings')
export class RestructuringController {
  constructor(@Inject(RequestRestructuring) private readonly restructurings: RequestRestructuring) {}

  /** 202 where the request is new, 200 for the same content again, as it stands now. */
  @Put(':restructuringId')
  async request(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('restructuringId', ParseUUIDPipe) restructuringId: string,
    @Body() body: RestructureLoanDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    const content = { ...body, consents: lowerConsents(body.consents) };
    const { outcome, view } = await this.restructurings.request(principal, loanId, restructuringId.toLowerCase(), content);
    reply.status(CHANGE_STATUS[outcome]);
    return view;
  }
}
