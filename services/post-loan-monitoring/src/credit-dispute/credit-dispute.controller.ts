import type { CreditDisputeAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, requireRight, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { readAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { OpenDisputeDto } from './credit-dispute.dto.js';
import { OpenDispute } from './open-dispute.js';
import { readDisputes } from './read-disputes.js';

/** Disputes of what was reported of a loan to the credit bureau, for staff and for the partner of the loan. */
@Controller('loans/:loanId/credit-disputes')
export class CreditDisputeController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OpenDispute) private readonly openDispute: OpenDispute,
  ) {}

  @Get()
  async list(@CurrentPrincipal() principal: Principal, @Param('loanId', ParseUUIDPipe) loanId: string): Promise<{ items: CreditDisputeAnswer[] }> {
    if (principal.kind === 'staff') requireRight(principal, 'loanChanges');
    visibleLoan(principal, await readAccount(this.database, loanId));
    return { items: await readDisputes(this.database, loanId, principal) };
  }

  /** 201 where the dispute is new, 200 for the same content again, as it stands now. */
  @Put(':creditDisputeId')
  async open(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('creditDisputeId', ParseUUIDPipe) disputeId: string,
    @Body() body: OpenDisputeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreditDisputeAnswer> {
    const { isNew, view } = await this.openDispute.open(principal, loanId, disputeId.toLowerCase(), body);
    reply.status(isNew ? 201 : 200);
    return view;
  }
}
