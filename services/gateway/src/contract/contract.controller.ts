import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, HttpCode, Inject, Put } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { KnownId, NewId } from '../access/path-id.js';
import { ApplicationDto } from '../application/application.dto.js';
import { Upstream } from '../upstream/upstream.js';
import { ContractDto, SignContractDto } from './contract.dto.js';

@ApiTags('Offer and contract')
@Controller('v1/loan-applications/:applicationId')
export class ContractController {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  @Get('contract')
  @ApiOperation({ summary: 'Text and hash of the contract' })
  @ApiOkResponse({ type: ContractDto })
  show(@CurrentPrincipal() principal: Principal, @KnownId('applicationId') applicationId: string): Promise<ContractDto> {
    return this.upstream.get('loan-application', `/loan-applications/${applicationId}/contract`, principal);
  }

  @Put('signatures/:signatureId')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Sign the contract, or an addendum to it',
    description: 'The signature service is asked afterwards; the application tells when it is signed.',
  })
  @ApiAcceptedResponse({ type: ApplicationDto, description: 'The signature is on its way.' })
  async sign(
    @CurrentPrincipal() principal: Principal,
    @KnownId('applicationId') applicationId: string,
    @NewId('signatureId') signatureId: string,
    @Body() body: SignContractDto,
  ): Promise<ApplicationDto> {
    const path = `/loan-applications/${applicationId}/signatures/${signatureId}`;
    return (await this.upstream.put<ApplicationDto>('loan-application', path, principal, body)).body;
  }
}
