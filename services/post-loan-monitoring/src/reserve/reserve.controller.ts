import { businessDate, type Clock } from '@millrace/contracts';
import type { ReserveAnswer, ReserveRequestAnswer } from '@millrace/contracts/api';
import { CLOCK, CurrentPrincipal, requireRight, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ReadReserve } from './read-reserve.js';
import { RequestMovement, type WantedRequest } from './request-movement.js';
import { ReserveQueryDto, TopUpReserveDto, UseReserveDto } from './reserve.dto.js';

/** The reserve for operational risk, for the lender's own staff. 202 where a request is new, 200 for the same content again, as it stands now. */
@Controller()
export class ReserveController {
  constructor(
    @Inject(RequestMovement) private readonly requests: RequestMovement,
    @Inject(ReadReserve) private readonly reserves: ReadReserve,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Put('reserve/uses/:reserveUseId')
  use(
    @CurrentPrincipal() principal: Principal,
    @Param('reserveUseId', ParseUUIDPipe) requestId: string,
    @Body() body: UseReserveDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReserveRequestAnswer> {
    return this.#request(principal, requestId, { kind: 'use', ...body }, reply);
  }

  @Put('reserve/top-ups/:reserveTopUpId')
  topUp(
    @CurrentPrincipal() principal: Principal,
    @Param('reserveTopUpId', ParseUUIDPipe) requestId: string,
    @Body() body: TopUpReserveDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReserveRequestAnswer> {
    return this.#request(principal, requestId, { kind: 'top_up', ...body }, reply);
  }

  @Get('reports/reserve')
  reserve(@CurrentPrincipal() principal: Principal, @Query() { date, months }: ReserveQueryDto): Promise<ReserveAnswer> {
    requireRight(principal, 'portfolioReport');
    return this.reserves.reserve(principal.tenantId, date ?? businessDate(this.clock.now()), months);
  }

  async #request(principal: Principal, requestId: string, wanted: WantedRequest, reply: FastifyReply): Promise<ReserveRequestAnswer> {
    const { isNew, view } = await this.requests.request(principal, requestId.toLowerCase(), wanted);
    reply.status(isNew ? 202 : 200);
    return view;
  }
}
