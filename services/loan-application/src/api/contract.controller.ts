import type { ContractAnswer, GuarantorAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, notFound, type Principal } from '@millrace/service';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import type { ApplicationView } from './application-view.js';
import { guarantorViews } from './guarantor-view.js';
import { ShowApplications } from './show-applications.js';
import { ReadApplications } from '../application/read-applications.js';
import { SignContractDto } from '../contract/contract.dto.js';
import { Contract } from '../contract/contract.entity.js';
import { SignContract } from '../contract/sign-contract.js';
import { signaturesOf } from '../contract/signature-evidence.js';
import { translationOf } from '../contract/translation.js';

@Controller('loan-applications/:applicationId')
export class ContractController {
  constructor(
    private readonly db: Database,
    private readonly applications: ReadApplications,
    private readonly shown: ShowApplications,
    private readonly signContract: SignContract,
  ) {}

  /** The text, its hash, and once all parties have signed, their signatures. */
  @Get('contract')
  async show(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<ContractAnswer> {
    await this.applications.find(principal, applicationId);
    const select = { contractId: true, contractSha256: true, text: true, textEn: true, clauses: true };
    const contract = await this.db.repository(Contract).findOne({ select, where: { applicationId } });
    if (!contract) throw notFound('contract');
    const { contractId, contractSha256, text, textEn, clauses } = contract;
    const translation = translationOf(textEn, contractSha256);
    return { contractId, contractSha256, text, translation, clauses, signatures: await signaturesOf(this.db, contractId) };
  }

  /** Who is to stand for the loan, with the contract that each signs, and who has signed. */
  @Get('guarantors')
  async guarantors(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
  ): Promise<{ items: GuarantorAnswer[] }> {
    return { items: await guarantorViews(this.db, await this.applications.find(principal, applicationId)) };
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
    return this.shown.view(principal, applicationId);
  }
}
