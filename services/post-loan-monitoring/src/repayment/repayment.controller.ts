import { isId } from '@millrace/contracts';
import { CurrentPrincipal, Database, Problem, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PageDto } from '../loan/page.dto.js';
import { readAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import type { HeldRepaymentView } from './hold-repayment.js';
import { readRepayments, type RepaymentView } from './read-repayments.js';
import { RecordRepayment } from './record-repayment.js';
import { RecordRepaymentDto } from './repayment.dto.js';

const STATUS_OF = { created: 201, known: 200, held: 202 } as const;

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

  /** 201 where the transfer is new, 200 for the same content again and for a transfer that is known under another id, 202 where it waits for two persons. */
  @Put(':repaymentId')
  async record(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('repaymentId') repaymentId: string,
    @Body() body: RecordRepaymentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RepaymentView | HeldRepaymentView> {
    if (!isId(repaymentId)) {
      throw new Problem({
        status: 400,
        code: 'ID_NOT_UUIDV7',
        title: 'The repayment id is not a UUIDv7.',
        detail: 'Make one, and use the same for every retry.',
        errors: [{ field: 'repaymentId', message: 'must be a UUIDv7' }],
      });
    }
    // An id is one value however it is written; the database keeps it in lower case.
    const { outcome, view } = await this.recordRepayment.record(principal, loanId, repaymentId.toLowerCase(), body);
    reply.status(STATUS_OF[outcome]);
    return view;
  }
}
