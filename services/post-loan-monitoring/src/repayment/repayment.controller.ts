import { isId } from '@millrace/contracts';
import { CurrentPrincipal, Database, Problem, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PageDto } from '../loan/page.dto.js';
import { readAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { readRepayments, type RepaymentView } from './read-repayments.js';
import { RecordRepayment } from './record-repayment.js';
import { RecordPrepaymentDto, RecordRepaymentDto } from './repayment.dto.js';
import type { WaitingRepaymentView } from './waiting-repayment.js';

const STATUS_OF = { booked: 200, waiting: 202 } as const;

function notUuidV7(what: 'repayment' | 'prepayment'): Problem {
  return new Problem({
    status: 400,
    code: 'ID_NOT_UUIDV7',
    title: `The ${what} id is not a UUIDv7.`,
    detail: 'Make one, and use the same for every retry.',
    errors: [{ field: `${what}Id`, message: 'must be a UUIDv7' }],
  });
}

@Controller('loans/:loanId/repayments')
export class RepaymentController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RecordRepayment) private readonly recordRepayment: RecordRepayment,
  ) {}

  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Query() page: PageDto,
  ): ReturnType<typeof readRepayments> {
    visibleLoan(principal, await readAccount(this.database, loanId));
    return readRepayments(this.database, loanId, page);
  }

  /** 202 while the transfer waits for the bank's statement or for a person, 200 where it is booked; the same content again is answered as it stands then. */
  @Put(':repaymentId')
  async record(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('repaymentId') repaymentId: string,
    @Body() body: RecordRepaymentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RepaymentView | WaitingRepaymentView> {
    if (!isId(repaymentId)) throw notUuidV7('repayment');
    // An id is one value however it is written; the database keeps it in lower case.
    const { outcome, view } = await this.recordRepayment.record(principal, loanId, repaymentId.toLowerCase(), body);
    reply.status(STATUS_OF[outcome]);
    return view;
  }
}

@Controller('loans/:loanId/prepayments')
export class PrepaymentController {
  constructor(@Inject(RecordRepayment) private readonly recordRepayment: RecordRepayment) {}

  /** As a repayment is told; it is kept and answered as one, with what it is to change. */
  @Put(':prepaymentId')
  async record(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('prepaymentId') prepaymentId: string,
    @Body() body: RecordPrepaymentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RepaymentView | WaitingRepaymentView> {
    if (!isId(prepaymentId)) throw notUuidV7('prepayment');
    const { outcome, view } = await this.recordRepayment.prepay(principal, loanId, prepaymentId.toLowerCase(), body);
    reply.status(STATUS_OF[outcome]);
    return view;
  }
}
