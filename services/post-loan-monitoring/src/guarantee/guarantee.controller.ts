import type { GuaranteeAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, requireRight, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { readAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { CHANGE_STATUS, type AskedChange } from '../loan-change/ask-change.js';
import { ClaimGuaranteeDto, RecordCompensationDto, RecordGuaranteeDto } from './guarantee.dto.js';
import { PursueGuarantor } from './pursue-guarantor.js';
import { listGuarantees } from './read-guarantees.js';
import { RecordGuarantee } from './record-guarantee.js';

/** 202 where a request is new and waits, 200 for the same content again, as it stands now. */
@Controller('loans/:loanId')
export class GuaranteeController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RecordGuarantee) private readonly guarantees: RecordGuarantee,
    @Inject(PursueGuarantor) private readonly guarantor: PursueGuarantor,
  ) {}

  @Get('guarantees')
  async list(@CurrentPrincipal() principal: Principal, @Param('loanId', ParseUUIDPipe) loanId: string): Promise<{ items: GuaranteeAnswer[] }> {
    const account = visibleLoan(principal, await readAccount(this.database, loanId));
    requireRight(principal, 'loanChanges');
    return { items: await listGuarantees(this.database, account.loanId) };
  }

  @Put('guarantees/:guaranteeId')
  async record(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('guaranteeId', ParseUUIDPipe) guaranteeId: string,
    @Body() body: RecordGuaranteeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    return answer(reply, await this.guarantees.record(principal, loanId, guaranteeId.toLowerCase(), body));
  }

  @Put('guarantee-claims/:guaranteeClaimId')
  async claim(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('guaranteeClaimId', ParseUUIDPipe) claimId: string,
    @Body() body: ClaimGuaranteeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    const content = { ...body, guaranteeId: body.guaranteeId.toLowerCase() };
    return answer(reply, await this.guarantor.claim(principal, loanId, claimId.toLowerCase(), content));
  }

  @Put('guarantee-compensations/:guaranteeCompensationId')
  async compensation(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('guaranteeCompensationId', ParseUUIDPipe) compensationId: string,
    @Body() body: RecordCompensationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    const content = { ...body, guaranteeId: body.guaranteeId.toLowerCase() };
    return answer(reply, await this.guarantor.compensation(principal, loanId, compensationId.toLowerCase(), content));
  }
}

function answer(reply: FastifyReply, { outcome, view }: AskedChange): AskedChange['view'] {
  reply.status(CHANGE_STATUS[outcome]);
  return view;
}
