import { isId } from '@millrace/contracts';
import { CurrentPrincipal, notFound, Problem, type ListPage, type Principal } from '@millrace/service';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Put, Query, Res } from '@nestjs/common';
import type { ConsentWithdrawalAnswer, HistoryAnswer } from '@millrace/contracts/api';
import type { FastifyReply } from 'fastify';
import type { ApplicationView } from './application-view.js';
import { CancelApplicationDto, ListApplicationsDto } from '../application/application.dto.js';
import { CancelApplication } from '../application/cancel-application.js';
import { WithdrawConsentDto } from '../application/consent-withdrawal.dto.js';
import { WithdrawConsent } from '../application/withdraw-consent.js';
import { CancelDrawdown } from '../drawdown/cancel-drawdown.js';
import { CancelDrawdownDto } from '../drawdown/drawdown.dto.js';
import { AdmitApplication } from '../application/admit-application.js';
import { AdmitApplicationDto, SubmitApplicationDto } from '../application/submit-application.dto.js';
import { SubmitApplication } from '../application/submit-application.js';
import { ShowApplications } from './show-applications.js';

@Controller('loan-applications')
export class ApplicationController {
  constructor(
    private readonly applications: ShowApplications,
    private readonly submitApplication: SubmitApplication,
    private readonly cancelApplication: CancelApplication,
    private readonly cancelDrawdown: CancelDrawdown,
    private readonly admission: AdmitApplication,
    private readonly withdrawConsent: WithdrawConsent,
  ) {}

  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() query: ListApplicationsDto): Promise<ListPage<ApplicationView>> {
    return this.applications.list(principal, query);
  }

  /** 201 where the application is new, 200 for the same content again. */
  @Put(':applicationId')
  async submit(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId') applicationId: string,
    @Body() body: SubmitApplicationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApplicationView> {
    if (!isId(applicationId)) {
      throw new Problem({
        status: 400,
        code: 'ID_NOT_UUIDV7',
        title: 'The application id is not a UUIDv7.',
        detail: 'Make one, and use the same for every retry.',
        errors: [{ field: 'applicationId', message: 'must be a UUIDv7' }],
      });
    }
    const made = await this.submitApplication.submit(principal, applicationId, body);
    reply.status(made ? 201 : 200);
    return this.applications.view(principal, applicationId);
  }

  /** For the gateway, before it has people and account recorded: what the submission would be refused for is refused here already. */
  @Put(':applicationId/admission')
  @HttpCode(200)
  async admit(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Body() body: AdmitApplicationDto,
  ): Promise<{ applicationId: string }> {
    await this.admission.admit(principal, applicationId, body);
    return { applicationId };
  }

  @Get(':applicationId')
  show(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<ApplicationView> {
    return this.applications.view(principal, applicationId);
  }

  /** For staff: every step, sealed; says whether the seals hold. */
  @Get(':applicationId/history')
  history(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<HistoryAnswer> {
    if (principal.kind === 'partner') throw notFound('loan application');
    return this.applications.history(principal, applicationId);
  }

  @Put(':applicationId/cancellations/:cancellationId')
  async cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('cancellationId', ParseUUIDPipe) cancellationId: string,
    @Body() body: CancelApplicationDto,
  ): Promise<ApplicationView> {
    await this.cancelApplication.cancel(principal, applicationId, cancellationId, body);
    return this.applications.view(principal, applicationId);
  }

  @Put(':applicationId/consent-withdrawals/:withdrawalId')
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('withdrawalId', ParseUUIDPipe) withdrawalId: string,
    @Body() body: WithdrawConsentDto,
  ): Promise<ConsentWithdrawalAnswer> {
    return this.withdrawConsent.withdraw(principal, applicationId, withdrawalId, body);
  }

  @Put(':applicationId/drawdown/cancellations/:cancellationId')
  async giveUp(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('cancellationId', ParseUUIDPipe) cancellationId: string,
    @Body() body: CancelDrawdownDto,
  ): Promise<ApplicationView> {
    await this.cancelDrawdown.cancel(principal, applicationId, cancellationId, body);
    return this.applications.view(principal, applicationId);
  }
}
