import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { KnownId, NewId } from '../access/path-id.js';
import { Upstream } from '../upstream/upstream.js';
import { AccountChangeDto, ProposeAccountDto } from './account-change.dto.js';

@ApiTags('Offer and contract')
@Controller('v1/loan-applications/:applicationId/account-changes/:accountChangeId')
export class AccountChangeController {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  @Put()
  @ApiOperation({
    summary: 'Propose another account after a refused payout',
    description:
      'Drafts an addendum to the contract. Once its hash is signed as the contract was, the payment officer may order the payout to the new account.',
  })
  @ApiOkResponse({ type: AccountChangeDto })
  async propose(
    @CurrentPrincipal() principal: Principal,
    @KnownId('applicationId') applicationId: string,
    @NewId('accountChangeId') accountChangeId: string,
    @Body() { bankAccount }: ProposeAccountDto,
  ): Promise<AccountChangeDto> {
    // First, so that no account is stored for an application that the caller does not see.
    await this.upstream.get('loan-application', `/loan-applications/${applicationId}`, principal);
    const payee = await this.upstream.put<{ payeeRecordId: string; accountNumber: string }>('disbursement', `/payees/${applicationId}`, principal, bankAccount);
    // Masked by disbursement, as at the submission: the number stays there.
    const { payeeRecordId, accountNumber: payeeAccount } = payee.body;
    const path = `/loan-applications/${applicationId}/account-changes/${accountChangeId}`;
    return (await this.upstream.put<AccountChangeDto>('loan-application', path, principal, { payeeRecordId, payeeAccount })).body;
  }

  @Get()
  @ApiOperation({ summary: 'Text, hash and signatures of the addendum' })
  @ApiOkResponse({ type: AccountChangeDto })
  show(
    @CurrentPrincipal() principal: Principal,
    @KnownId('applicationId') applicationId: string,
    @KnownId('accountChangeId') accountChangeId: string,
  ): Promise<AccountChangeDto> {
    return this.upstream.get('loan-application', `/loan-applications/${applicationId}/account-changes/${accountChangeId}`, principal);
  }
}
