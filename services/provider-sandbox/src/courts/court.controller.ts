import { Controller, Get, Param } from '@nestjs/common';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { FindFirm } from '../firm/find-firm.js';

/** The courts' public record of enforcement. */
@Controller('v1/courts/enforcements')
@PlaysProvider('courts')
export class CourtController {
  constructor(private readonly findFirm: FindFirm) {}

  @Get(':uscc')
  async enforcements(@Param('uscc') code: string): Promise<object> {
    const { uscc, record } = await this.findFirm.knownByUscc(code);
    const { dishonestDebtor, legalRepresentativeDishonest, enforcementCases, enforcementAmountMinor, ownerEnforcementCases } = record;
    return { uscc, dishonestDebtor, legalRepresentativeDishonest, enforcementCases, enforcementAmountMinor, ownerEnforcementCases };
  }
}
