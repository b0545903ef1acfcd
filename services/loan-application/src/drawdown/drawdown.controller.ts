import type { AuthorisationAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { AuthorisePayment } from './authorise-payment.js';
import { AuthorisePaymentDto } from './drawdown.dto.js';

/** What payment officers say of a payment. */
@Controller('loan-applications/:applicationId/drawdown')
export class DrawdownController {
  constructor(private readonly authorisations: AuthorisePayment) {}

  @Put('authorisations/:authorisationId')
  authorise(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('authorisationId', ParseUUIDPipe) authorisationId: string,
    @Body() body: AuthorisePaymentDto,
  ): Promise<AuthorisationAnswer> {
    return this.authorisations.say(principal, applicationId, authorisationId, body);
  }
}
