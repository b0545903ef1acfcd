import { Controller, Get, Param } from '@nestjs/common';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { FindFirm } from '../firm/find-firm.js';

/** The business registry. */
@Controller('v1/registry/companies')
@PlaysProvider('registry')
export class RegistryController {
  constructor(private readonly findFirm: FindFirm) {}

  @Get(':uscc')
  async company(@Param('uscc') code: string): Promise<object> {
    const { uscc, record } = await this.findFirm.knownByUscc(code);
    const { name, status, establishedOn, industryCode, region, registeredCapitalMinor, legalRepresentative, legalRepresentativeSince } = record;
    const { abnormalListed, seriousViolation, owners, relatedCounterparties } = record;
    return {
      uscc,
      name,
      status,
      establishedOn,
      industryCode,
      region,
      registeredCapitalMinor,
      legalRepresentative: { name: legalRepresentative.name, idNumber: legalRepresentative.idNumber },
      legalRepresentativeSince,
      abnormalListed,
      seriousViolation,
      owners,
      relatedCounterparties,
    };
  }
}
