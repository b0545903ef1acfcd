import { businessDate } from '@millrace/contracts';
import type { TransferAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, notFound, Problem, requireRight, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { readAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { CHANGE_STATUS, type AskedChange } from '../loan-change/ask-change.js';
import { AskStep, type AskedStep } from '../loan-step/ask-step.js';
import { claimOf } from './claim-of-loan.js';
import { faultOfTransfer } from './fault-of-transfer.js';
import { readTransfer } from './read-transfer.js';
import { RequestTransferDto } from './transfer.dto.js';
import { CLAIM_TRANSFER } from './transfer.task.js';

const STEP: AskedStep<RequestTransferDto> = {
  kind: 'transfer',
  role: 'risk_officer',
  question: CLAIM_TRANSFER,
  trigger: 'ClaimTransferred',
  check: async (tx, account, content, now) => {
    const today = businessDate(now);
    const fault = await faultOfTransfer(tx, account, content);
    if (fault) throw new Problem(fault);
    if (content.transfersOn < today) throw dayPast(today);
    const { interestMinor, penaltyMinor, claim } = await claimOf(tx, account, content, today);
    return { interestMinor: String(interestMinor), penaltyMinor: String(penaltyMinor), allowanceMinor: String(claim.allowanceMinor) };
  },
};

@Controller('loans/:loanId')
export class TransferController {
  constructor(
    @Inject(AskStep) private readonly step: AskStep,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** 202 where the request is new, 200 for the same content again, as it stands now. */
  @Put('transfers/:transferId')
  async request(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('transferId', ParseUUIDPipe) transferId: string,
    @Body() body: RequestTransferDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    const { outcome, view } = await this.step.ask(principal, STEP, loanId, transferId, body);
    reply.status(CHANGE_STATUS[outcome]);
    return view;
  }

  @Get('transfer')
  async show(@CurrentPrincipal() principal: Principal, @Param('loanId', ParseUUIDPipe) loanId: string): Promise<TransferAnswer> {
    const account = visibleLoan(principal, await readAccount(this.database, loanId));
    requireRight(principal, 'loanChanges');
    const transfer = await readTransfer(this.database, account.loanId);
    if (!transfer) throw notFound('transfer');
    return transfer;
  }
}

function dayPast(today: string): Problem {
  return new Problem({
    status: 422,
    code: 'TRANSFER_DAY_PAST',
    title: 'The day from which the claim is to be the buyer’s is over.',
    detail: `Today is ${today}. Nothing was changed.`,
  });
}
