import { businessDate, isId, type Clock } from '@millrace/contracts';
import type { DraftAnswer, DraftSubmissionAnswer } from '@millrace/contracts/api';
import { policyInForce } from '@millrace/policy';
import { CLOCK, CurrentPrincipal, Problem, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LoanApplicationConfig } from '../config.js';
import { ProductCatalogue } from '../product/product-catalogue.js';
import { AgreeOnDraft } from './agree-on-draft.js';
import { draftView, submissionOf } from './complete-draft.js';
import { CancelDraftDto, GiveConsentDto, SaveDraftDto, ShowPageDto, WithdrawDraftConsentDto } from './draft.dto.js';
import { ReadDraft } from './read-draft.js';
import { SaveDraft } from './save-draft.js';

/** An application before it is submitted. */
@Controller('drafts/:applicationId')
export class DraftController {
  constructor(
    private readonly saving: SaveDraft,
    private readonly agreeing: AgreeOnDraft,
    private readonly reading: ReadDraft,
    private readonly catalogue: ProductCatalogue,
    private readonly config: LoanApplicationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  show(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<DraftAnswer> {
    return this.#view(principal, applicationId);
  }

  /** 201 where the draft is new, 200 where it was saved. */
  @Put()
  async save(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId') applicationId: string,
    @Body() body: SaveDraftDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftAnswer> {
    if (!isId(applicationId)) {
      throw new Problem({
        status: 400,
        code: 'ID_NOT_UUIDV7',
        title: 'The application id is not a UUIDv7.',
        detail: 'Make one, and use the same for every retry.',
        errors: [{ field: 'applicationId', message: 'must be a UUIDv7' }],
      });
    }
    reply.status((await this.saving.save(principal, applicationId, body)) ? 201 : 200);
    return this.#view(principal, applicationId);
  }

  @Put('consents/:consentId')
  async give(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('consentId', ParseUUIDPipe) consentId: string,
    @Body() body: GiveConsentDto,
  ): Promise<DraftAnswer> {
    await this.agreeing.give(principal, applicationId, consentId, body);
    return this.#view(principal, applicationId);
  }

  @Put('consents/:consentId/withdrawal')
  async withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('consentId', ParseUUIDPipe) consentId: string,
    @Body() body: WithdrawDraftConsentDto,
  ): Promise<DraftAnswer> {
    await this.agreeing.withdraw(principal, applicationId, consentId, body);
    return this.#view(principal, applicationId);
  }

  @Put('disclosure-views/:viewId')
  async showPage(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('viewId', ParseUUIDPipe) viewId: string,
    @Body() body: ShowPageDto,
  ): Promise<DraftAnswer> {
    await this.agreeing.show(principal, applicationId, viewId, body);
    return this.#view(principal, applicationId);
  }

  @Put('cancellation')
  async cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Body() { reasonCode }: CancelDraftDto,
  ): Promise<DraftAnswer> {
    await this.saving.cancel(principal, applicationId, reasonCode);
    return this.#view(principal, applicationId);
  }

  /** For the gateway, which adds people and account and submits it. */
  @Get('submission')
  async submission(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<DraftSubmissionAnswer> {
    return submissionOf(await this.reading.file(principal, applicationId));
  }

  async #view(principal: Principal, applicationId: string): Promise<DraftAnswer> {
    const file = await this.reading.file(principal, applicationId);
    const { productCode } = file.draft.fields;
    const product = productCode === undefined ? undefined : await this.catalogue.find(productCode);
    const { requiredPages } = policyInForce(this.config.lenderType, businessDate(this.clock.now())).disclosure;
    return draftView(file, { consents: product?.requiredConsents ?? [], pages: requiredPages });
  }
}
