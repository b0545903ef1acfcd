import { CurrentPrincipal, notFound, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PayeeDto, type PayeeView } from './payee.dto.js';
import { StorePayee } from './store-payee.js';

/** Payees of applications, for the gateway. */
@Controller('payees')
export class PayeeController {
  constructor(@Inject(StorePayee) private readonly payees: StorePayee) {}

  /** 201 for a new record, 200 for content that is already stored. */
  @Put(':applicationId')
  async put(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Body() body: PayeeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PayeeView> {
    const { created, view } = await this.payees.store(principal, applicationId, body);
    reply.status(created ? 201 : 200);
    return view;
  }

  @Get(':applicationId')
  async get(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<{ items: PayeeView[] }> {
    const items = await this.payees.list(principal, applicationId);
    if (items.length === 0) throw notFound('payee');
    return { items };
  }
}
