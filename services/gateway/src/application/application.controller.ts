import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { KnownId, NewId } from '../access/path-id.js';
import { Upstream } from '../upstream/upstream.js';
import { ApplicationDto, ApplicationListDto, CancelApplicationDto, ListApplicationsDto } from './application.dto.js';
import { SubmitApplication } from './submit-application.js';
import { SubmitApplicationDto } from './submit-application.dto.js';

@ApiTags('Applications')
@Controller('v1/loan-applications')
export class ApplicationController {
  constructor(
    @Inject(Upstream) private readonly upstream: Upstream,
    @Inject(SubmitApplication) private readonly submitApplication: SubmitApplication,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Applications, newest first' })
  @ApiOkResponse({ type: ApplicationListDto })
  list(@CurrentPrincipal() principal: Principal, @Query() query: ListApplicationsDto): Promise<ApplicationListDto> {
    return this.upstream.get('loan-application', '/loan-applications', principal, query);
  }

  @Put(':applicationId')
  @ApiOperation({ summary: 'Apply for a loan', description: '201 where the application is new, 200 for the same content again.' })
  @ApiCreatedResponse({ type: ApplicationDto, description: 'The application is new.' })
  @ApiOkResponse({ type: ApplicationDto })
  async submit(
    @CurrentPrincipal() principal: Principal,
    @NewId('applicationId') applicationId: string,
    @Body() body: SubmitApplicationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApplicationDto> {
    const answer = await this.submitApplication.submit(principal, applicationId, body);
    reply.status(answer.status);
    return answer.body;
  }

  @Get(':applicationId')
  @ApiOperation({ summary: 'One application' })
  @ApiOkResponse({ type: ApplicationDto })
  show(@CurrentPrincipal() principal: Principal, @KnownId('applicationId') applicationId: string): Promise<ApplicationDto> {
    return this.upstream.get('loan-application', `/loan-applications/${applicationId}`, principal);
  }

  @Put(':applicationId/cancellations/:cancellationId')
  @ApiOperation({ summary: 'Withdraw an application that is not paid out yet' })
  @ApiOkResponse({ type: ApplicationDto })
  async cancel(
    @CurrentPrincipal() principal: Principal,
    @KnownId('applicationId') applicationId: string,
    @NewId('cancellationId') cancellationId: string,
    @Body() body: CancelApplicationDto,
  ): Promise<ApplicationDto> {
    const path = `/loan-applications/${applicationId}/cancellations/${cancellationId}`;
    return (await this.upstream.put<ApplicationDto>('loan-application', path, principal, body)).body;
  }
}
