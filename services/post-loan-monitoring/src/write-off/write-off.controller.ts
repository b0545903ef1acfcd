import { CurrentPrincipal, Problem, type Principal } from '@millrace/service';
import { Body, Controller, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { LoanAccount } from '../loan/loan-account.js';
import { CHANGE_STATUS, type AskedChange } from '../loan-change/ask-change.js';
import { AskStep, type AskedStep } from '../loan-step/ask-step.js';
import { WRITE_OFF } from './write-off.task.js';
import { RequestWriteOffDto } from './write-off.dto.js';

const STEP: AskedStep<RequestWriteOffDto> = {
  kind: 'write_off',
  role: 'risk_officer',
  question: WRITE_OFF,
  trigger: 'WrittenOff',
  check: (_, account) => refuseOtherClass(account),
};

@Controller('loans/:loanId/write-offs')
export class WriteOffController {
  constructor(@Inject(AskStep) private readonly step: AskStep) {}

  /** 202 where the request is new, 200 for the same content again, as it stands now. */
  @Put(':writeOffId')
  async request(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('writeOffId', ParseUUIDPipe) writeOffId: string,
    @Body() body: RequestWriteOffDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    const { outcome, view } = await this.step.ask(principal, STEP, loanId, writeOffId, body);
    reply.status(CHANGE_STATUS[outcome]);
    return view;
  }
}

/** The whole of a loan in the class LOSS is set aside (G-PV-01), so that writing it off costs nothing more. */
function refuseOtherClass({ loanClass }: LoanAccount): Record<string, never> {
  if (loanClass === 'LOSS') return {};
  throw new Problem({
    status: 409,
    code: 'CLASS_NOT_LOSS',
    title: 'The loan is not in the class LOSS.',
    detail: `It is in ${loanClass}. What was not set aside in full is not written off. Nothing was changed.`,
  });
}
