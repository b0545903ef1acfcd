import type { PromiseAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, notFound, requireRight, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MakePromiseDto } from './collection.dto.js';
import { MakePromise } from './make-promise.js';
import { readPromises } from './read-promises.js';

const IS_THERE = 'select 1 from loan where loan_id = $1 and tenant_id = $2';

@Controller('loans/:loanId/promises')
export class PromiseController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MakePromise) private readonly makePromise: MakePromise,
  ) {}

  @Get()
  async list(@CurrentPrincipal() principal: Principal, @Param('loanId', ParseUUIDPipe) loanId: string): Promise<{ items: PromiseAnswer[] }> {
    requireRight(principal, 'collection');
    if (!(await this.database.query(IS_THERE, [loanId, principal.tenantId])).rowCount) throw notFound('loan');
    return { items: await readPromises(this.database, loanId) };
  }

  /** 201 where the promise is new, 200 for the same content again, as it stands now. */
  @Put(':promiseId')
  async make(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('promiseId', ParseUUIDPipe) promiseId: string,
    @Body() body: MakePromiseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PromiseAnswer> {
    const { isNew, view } = await this.makePromise.make(principal, loanId, promiseId.toLowerCase(), body);
    reply.status(isNew ? 201 : 200);
    return view;
  }
}
