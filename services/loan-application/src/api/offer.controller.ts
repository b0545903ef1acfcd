import type { OfferAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import type { ApplicationView } from './application-view.js';
import { ShowApplications } from './show-applications.js';
import { AcceptOffer } from '../contract/accept-offer.js';
import { DeclineOffer } from '../offer/decline-offer.js';
import { offerView } from '../offer/offer-view.js';
import { AcceptOfferDto, DeclineOfferDto } from '../offer/offer.dto.js';
import { ShowOffer } from '../offer/show-offer.js';

@Controller('loan-applications/:applicationId')
export class OfferController {
  constructor(
    private readonly shown: ShowApplications,
    private readonly showOffer: ShowOffer,
    private readonly acceptOffer: AcceptOffer,
    private readonly declineOffer: DeclineOffer,
  ) {}

  @Get('offer')
  async show(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<OfferAnswer> {
    return offerView(await this.showOffer.show(principal, applicationId));
  }

  @Put('offer-acceptances/:acceptanceId')
  async accept(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('acceptanceId', ParseUUIDPipe) acceptanceId: string,
    @Body() body: AcceptOfferDto,
  ): Promise<ApplicationView> {
    await this.acceptOffer.accept(principal, applicationId, acceptanceId, body);
    return this.shown.view(principal, applicationId);
  }

  @Put('offer-declines/:declineId')
  async decline(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('declineId', ParseUUIDPipe) declineId: string,
    @Body() body: DeclineOfferDto,
  ): Promise<ApplicationView> {
    await this.declineOffer.decline(principal, applicationId, declineId, body);
    return this.shown.view(principal, applicationId);
  }
}
