import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { KnownId, NewId } from '../access/path-id.js';
import { ApplicationDto } from '../application/application.dto.js';
import { Upstream } from '../upstream/upstream.js';
import { AcceptOfferDto, DeclineOfferDto, OfferDto } from './offer.dto.js';

@ApiTags('Offer and contract')
@Controller('v1/loan-applications/:applicationId')
export class OfferController {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  @Get('offer')
  @ApiOperation({ summary: 'The offer with its all-in cost sheet', description: 'An offer can be accepted once the applicant’s side has fetched it.' })
  @ApiOkResponse({ type: OfferDto })
  show(@CurrentPrincipal() principal: Principal, @KnownId('applicationId') applicationId: string): Promise<OfferDto> {
    return this.upstream.get('loan-application', `/loan-applications/${applicationId}/offer`, principal);
  }

  @Put('offer-acceptances/:acceptanceId')
  @ApiOperation({ summary: 'Accept the offer; the contract is generated' })
  @ApiOkResponse({ type: ApplicationDto })
  async accept(
    @CurrentPrincipal() principal: Principal,
    @KnownId('applicationId') applicationId: string,
    @NewId('acceptanceId') acceptanceId: string,
    @Body() body: AcceptOfferDto,
  ): Promise<ApplicationDto> {
    const path = `/loan-applications/${applicationId}/offer-acceptances/${acceptanceId}`;
    return (await this.upstream.put<ApplicationDto>('loan-application', path, principal, body)).body;
  }

  @Put('offer-declines/:declineId')
  @ApiOperation({ summary: 'Decline the offer; the firm may apply again at once' })
  @ApiOkResponse({ type: ApplicationDto })
  async decline(
    @CurrentPrincipal() principal: Principal,
    @KnownId('applicationId') applicationId: string,
    @NewId('declineId') declineId: string,
    @Body() body: DeclineOfferDto,
  ): Promise<ApplicationDto> {
    const path = `/loan-applications/${applicationId}/offer-declines/${declineId}`;
    return (await this.upstream.put<ApplicationDto>('loan-application', path, principal, body)).body;
  }
}
