import { CurrentPrincipal, Database, notFound, requireRight, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PageDto } from '../loan/page.dto.js';
import { MakeContactDto, TellOutcomeDto } from './collection.dto.js';
import { MakeContact } from './make-contact.js';
import { readContacts, type ContactView } from './read-contacts.js';
import { TellOutcome } from './tell-outcome.js';

const IS_THERE = 'select 1 from loan where loan_id = $1 and tenant_id = $2';

@Controller('loans/:loanId/contacts')
export class ContactController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MakeContact) private readonly makeContact: MakeContact,
    @Inject(TellOutcome) private readonly tellOutcome: TellOutcome,
  ) {}

  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Query() page: PageDto,
  ): ReturnType<typeof readContacts> {
    requireRight(principal, 'collection');
    if (!(await this.database.query(IS_THERE, [loanId, principal.tenantId])).rowCount) throw notFound('loan');
    return readContacts(this.database, loanId, page);
  }

  /** 201 where the contact is new, 200 for the same content again, as it stands now. */
  @Put(':contactId')
  async make(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('contactId', ParseUUIDPipe) contactId: string,
    @Body() body: MakeContactDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContactView> {
    const { isNew, view } = await this.makeContact.make(principal, loanId, contactId.toLowerCase(), body);
    reply.status(isNew ? 201 : 200);
    return view;
  }

  @Put(':contactId/outcomes/:outcomeId')
  tell(
    @CurrentPrincipal() principal: Principal,
    @Param('loanId', ParseUUIDPipe) loanId: string,
    @Param('contactId', ParseUUIDPipe) contactId: string,
    @Param('outcomeId', ParseUUIDPipe) outcomeId: string,
    @Body() { outcome }: TellOutcomeDto,
  ): Promise<ContactView> {
    return this.tellOutcome.tell(principal, loanId, contactId, outcomeId, outcome);
  }
}
