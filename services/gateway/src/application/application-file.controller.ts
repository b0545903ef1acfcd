import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { KnownId } from '../access/path-id.js';
import { CheckOwner } from '../timeline/check-owner.js';
import { Upstream } from '../upstream/upstream.js';
import {
  HistoryDto,
  PayoutListDto,
  PersonDto,
  RecomputationDto,
  RestrictedReadListDto,
  ScoreListDto,
  ScreeningDto,
  VerificationDto,
} from './application-file.dto.js';

/** What lies behind an application, for the lender's staff. */
@ApiTags('Staff')
@Controller('v1/loan-applications/:applicationId')
export class ApplicationFileController {
  constructor(
    @Inject(Upstream) private readonly upstream: Upstream,
    @Inject(CheckOwner) private readonly owner: CheckOwner,
  ) {}

  @Get('history')
  @ApiOperation({ summary: 'Every step of the process, sealed; says whether the seals hold' })
  @ApiOkResponse({ type: HistoryDto })
  history(@CurrentPrincipal() principal: Principal, @KnownId('applicationId') applicationId: string): Promise<HistoryDto> {
    return this.upstream.get('loan-application', `/loan-applications/${applicationId}/history`, principal);
  }

  @Get('verification')
  @ApiOperation({ summary: 'Findings, their sources, and the person masked' })
  @ApiOkResponse({ type: VerificationDto })
  verification(@CurrentPrincipal() principal: Principal, @KnownId('applicationId') applicationId: string): Promise<VerificationDto> {
    return this.upstream.get('kyc-antifraud', `/verifications/${applicationId}`, principal);
  }

  @Get('screening')
  @ApiOperation({ summary: 'Hits on sanctions and watch lists', description: 'For the role compliance alone; each look is kept.' })
  @ApiOkResponse({ type: ScreeningDto })
  screening(@CurrentPrincipal() principal: Principal, @KnownId('applicationId') applicationId: string): Promise<ScreeningDto> {
    return this.upstream.get('kyc-antifraud', `/screenings/${applicationId}`, principal);
  }

  @Get('person')
  @ApiOperation({
    summary: 'The person who signs, in the clear',
    description:
      'For the risk officer who has to check the person: only where the verification was referred to people, else 409 NOT_REFERRED. Each look is kept.',
  })
  @ApiOkResponse({ type: PersonDto })
  person(@CurrentPrincipal() principal: Principal, @KnownId('applicationId') applicationId: string): Promise<PersonDto> {
    return this.upstream.get('kyc-antifraud', `/persons/${applicationId}`, principal);
  }

  @Get('restricted-reads')
  @ApiOperation({ summary: 'Who has looked at the person in the clear, or at hits on lists' })
  @ApiOkResponse({ type: RestrictedReadListDto })
  restrictedReads(@CurrentPrincipal() principal: Principal, @KnownId('applicationId') applicationId: string): Promise<RestrictedReadListDto> {
    return this.upstream.get('kyc-antifraud', `/restricted-reads/${applicationId}`, principal);
  }

  @Get('scores')
  @ApiOperation({ summary: 'Scores with everything they were made of' })
  @ApiOkResponse({ type: ScoreListDto })
  async scores(@CurrentPrincipal() principal: Principal, @KnownId('applicationId') applicationId: string): Promise<ScoreListDto> {
    // Scoring knows firms by their application alone: whose it is, is checked here.
    await this.owner.ofApplication(principal, applicationId);
    return this.upstream.get('scoring', `/scores/${applicationId}`, principal);
  }

  @Get('scores/:scoreId/recomputation')
  @ApiOperation({ summary: 'Compute a score again from its stored inputs (R-IT-04)' })
  @ApiOkResponse({ type: RecomputationDto })
  async recompute(
    @CurrentPrincipal() principal: Principal,
    @KnownId('applicationId') applicationId: string,
    @KnownId('scoreId') scoreId: string,
  ): Promise<RecomputationDto> {
    await this.owner.ofApplication(principal, applicationId);
    return this.upstream.get('scoring', `/scores/${applicationId}/${scoreId}/recomputation`, principal);
  }

  @Get('payouts')
  @ApiOperation({ summary: 'Payouts with all that was done about them' })
  @ApiOkResponse({ type: PayoutListDto })
  payouts(@CurrentPrincipal() principal: Principal, @KnownId('applicationId') applicationId: string): Promise<PayoutListDto> {
    return this.upstream.get('disbursement', `/payouts/${applicationId}`, principal);
  }
}
