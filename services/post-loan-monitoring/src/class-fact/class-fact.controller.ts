import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CHANGE_STATUS, type AskedChange } from '../loan-change/ask-change.js';
import { EndClassFactDto, RecordClassFactDto } from './class-fact.dto.js';
import { RecordClassFact } from './record-class-fact.js';

/** 201 where the change is new and holds, 202 where it waits for two persons, 200 for the same content again, as it stands now. */
@Controller('loans/:loanId')
export class ClassFactController {
  constructor(@Inject(RecordClassFact) private readonly facts: RecordClassFact) {}

  @Put('class-facts/:classFactId')
  async record(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('classFactId', ParseUUIDPipe) classFactId: string,
    @Body() body: RecordClassFactDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    const { outcome, view } = await this.facts.record(principal, loanId, classFactId.toLowerCase(), body);
    reply.status(CHANGE_STATUS[outcome]);
    return view;
  }

  @Put('class-fact-ends/:classFactEndId')
  async end(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('classFactEndId', ParseUUIDPipe) classFactEndId: string,
    @Body() body: EndClassFactDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    const { outcome, view } = await this.facts.end(principal, loanId, classFactEndId.toLowerCase(), { ...body, classFactId: body.classFactId.toLowerCase() });
    reply.status(CHANGE_STATUS[outcome]);
    return view;
  }
}
