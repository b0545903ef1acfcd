import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CHANGE_STATUS, type AskedChange } from '../loan-change/ask-change.js';
import { RecordGuaranteeDto } from './guarantee.dto.js';
import { RecordGuarantee } from './record-guarantee.js';

@Controller('loans/:loanId/guarantees')
export class GuaranteeController {
  constructor(@Inject(RecordGuarantee) private readonly guarantees: RecordGuarantee) {}

  /** 202 where the guarantee is new, 200 for the same content again, as it stands now. */
  @Put(':guaranteeId')
  async record(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('guaranteeId', ParseUUIDPipe) guaranteeId: string,
    @Body() body: RecordGuaranteeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    const { outcome, view } = await this.guarantees.record(principal, loanId, guaranteeId.toLowerCase(), body);
    reply.status(CHANGE_STATUS[outcome]);
    return view;
  }
}
