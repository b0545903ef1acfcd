import { businessDate } from '@millrace/contracts';
import { CurrentPrincipal, Problem, type Principal } from '@millrace/service';
import { Body, Controller, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CHANGE_STATUS, type AskedChange } from '../loan-change/ask-change.js';
import { AskStep, type AskedStep } from '../loan-step/ask-step.js';
import { latenessOn } from './acceleration-policy.js';
import { RequestAccelerationDto } from './acceleration.dto.js';
import { ACCELERATION } from './acceleration.task.js';

const STEP: AskedStep<RequestAccelerationDto> = {
  kind: 'acceleration',
  role: 'risk_officer',
  question: ACCELERATION,
  trigger: 'Accelerated',
  check: (_, account, { ground, noticeServedOn }, now) => {
    const today = businessDate(now);
    if (noticeServedOn > today || noticeServedOn < account.disbursedOn) throw noticeNotServed(account.disbursedOn, today);
    const { dpd, overDpd, isEnough } = latenessOn(account, ground, today);
    if (!isEnough) throw notLateEnough(dpd, overDpd);
    return { dpd };
  },
};

@Controller('loans/:loanId/accelerations')
export class AccelerationController {
  constructor(@Inject(AskStep) private readonly step: AskStep) {}

  /** 202 where the request is new, 200 for the same content again, as it stands now. */
  @Put(':accelerationId')
  async request(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('accelerationId', ParseUUIDPipe) accelerationId: string,
    @Body() body: RequestAccelerationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedChange['view']> {
    const { outcome, view } = await this.step.ask(principal, STEP, loanId, accelerationId, body);
    reply.status(CHANGE_STATUS[outcome]);
    return view;
  }
}

function noticeNotServed(disbursedOn: string, today: string): Problem {
  return new Problem({
    status: 422,
    code: 'NOTICE_NOT_SERVED',
    title: 'The notice was not served on that day.',
    detail: `It is served between the payout on ${disbursedOn} and today, ${today}. Nothing was changed.`,
  });
}

function notLateEnough(dpd: number, overDpd: number): Problem {
  return new Problem({
    status: 409,
    code: 'NOT_LATE_ENOUGH',
    title: 'The loan is not late enough to be called in for it.',
    detail: `It is ${dpd} days past due; more than ${overDpd} are needed. Nothing was changed.`,
  });
}
