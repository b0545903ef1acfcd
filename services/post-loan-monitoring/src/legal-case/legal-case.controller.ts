import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CHANGE_STATUS, type AskedChange } from '../loan-change/ask-change.js';
import { KeepLegalFile } from './keep-legal-file.js';
import { EndLegalCaseDto, FileLegalCaseDto, RecordDemandDto, UpdateLegalCaseDto } from './legal-case.dto.js';
import type { LegalFile } from './legal-file.js';

/** 202 where a request is new and waits, 201 where it holds at once, 200 for the same content again, as it stands now. */
@Controller('loans/:loanId')
export class LegalCaseController {
  constructor(@Inject(KeepLegalFile) private readonly file: KeepLegalFile) {}

  @Get('legal-file')
  show(@CurrentPrincipal() principal: Principal, @Param('loanId', ParseUUIDPipe) loanId: string): Promise<LegalFile> {
    return this.file.show(principal, loanId);
  }

  @Put('legal-cases/:legalCaseId')
  async fileCase(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('legalCaseId', ParseUUIDPipe) legalCaseId: string,
    @Body() body: FileLegalCaseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    return answer(reply, await this.file.file(principal, loanId, legalCaseId.toLowerCase(), body));
  }

  @Put('legal-case-updates/:legalCaseUpdateId')
  async update(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('legalCaseUpdateId', ParseUUIDPipe) updateId: string,
    @Body() body: UpdateLegalCaseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    const content = { ...body, legalCaseId: body.legalCaseId.toLowerCase() };
    return answer(reply, await this.file.update(principal, loanId, updateId.toLowerCase(), content));
  }

  @Put('legal-case-ends/:legalCaseEndId')
  async end(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('legalCaseEndId', ParseUUIDPipe) endId: string,
    @Body() body: EndLegalCaseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    const content = { ...body, legalCaseId: body.legalCaseId.toLowerCase() };
    return answer(reply, await this.file.end(principal, loanId, endId.toLowerCase(), content));
  }

  @Put('demands/:demandId')
  async demand(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('demandId', ParseUUIDPipe) demandId: string,
    @Body() body: RecordDemandDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    return answer(reply, await this.file.demand(principal, loanId, demandId.toLowerCase(), body));
  }
}

function answer(reply: FastifyReply, { outcome, view }: AskedChange): AskedChange['view'] {
  reply.status(CHANGE_STATUS[outcome]);
  return view;
}
