import { CurrentPrincipal, Database, notFound, type Principal } from '@millrace/service';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import type { ApplicationView } from '../application/application-view.js';
import { ReadApplications } from '../application/read-applications.js';
import { SignContractDto } from './contract.dto.js';
import { Contract } from './contract.entity.js';
import { SignContract } from './sign-contract.js';

@Controller('loan-applications/:applicationId')
export class ContractController {
  constructor(
    private readonly db: Database,
    private readonly applications: ReadApplications,
    private readonly signContract: SignContract,
  ) {}

  @Get('contract')
  async show(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
  ): Promise<Pick<Contract, 'contractId' | 'contractSha256' | 'text'>> {
    await this.applications.find(principal, applicationId);
    const contract = await this.db.repository(Contract).findOneBy({ applicationId });
    if (!contract) throw notFound('contract');
    const { contractId, contractSha256, text } = contract;
    return { contractId, contractSha256, text };
  }

  /** 202: the signature service is asked by a worker; the application view tells when it is signed. */
  @Put('signatures/:signatureId')
  @HttpCode(202)
  async sign(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('signatureId', ParseUUIDPipe) signatureId: string,
    @Body() body: SignContractDto,
  ): Promise<ApplicationView> {
    await this.signContract.sign(principal, applicationId, signatureId, body);
    return this.applications.view(principal, applicationId);
  }
}
