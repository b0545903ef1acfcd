import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CHANGE_STATUS, type AskedChange } from '../loan-change/ask-change.js';
import { lowerConsents } from '../guarantee/guarantee.dto.js';
import { ExtendLoanDto } from './extension.dto.js';
import { RequestExtension } from './request-extension.js';

@Controller('loans/:loanId/extensions')
export class ExtensionController {
  constructor(@Inject(RequestExtension) private readonly extensions: RequestExtension) {}

  /** 202 where the request is new, 200 for the same content again, as it stands now. */
  @Put(':extensionId')
  async request(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('extensionId', ParseUUIDPipe) extensionId: string,
    @Body() body: ExtendLoanDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    const { outcome, view } = await this.extensions.request(principal, loanId, extensionId.toLowerCase(), { ...body, consents: lowerConsents(body.consents) });
    reply.status(CHANGE_STATUS[outcome]);
    return view;
  }
}
