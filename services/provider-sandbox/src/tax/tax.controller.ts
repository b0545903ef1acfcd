import { Body, Controller, Put } from '@nestjs/common';
import { IsOptional, IsUUID } from 'class-validator';
import { AnswerOnce } from '../answer/answer-once.js';
import { AnswersJsonText, RequestId } from '../answer/request-id.js';
import { requireConsent } from '../answer/require-consent.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { FindFirm } from '../firm/find-firm.js';
import { IsUsccForm } from '../firm/profile-rules.js';

class TaxQueryDto {
  @IsUsccForm() uscc!: string;
  @IsOptional() @IsUUID() consentId?: string | null;
}

/** The tax bureau. */
@Controller('v1/tax/queries')
@PlaysProvider('tax')
export class TaxController {
  constructor(
    private readonly answers: AnswerOnce,
    private readonly findFirm: FindFirm,
  ) {}

  @Put(':queryId')
  @AnswersJsonText()
  query(@RequestId('queryId') queryId: string, @Body() body: TaxQueryDto): Promise<string> {
    requireConsent(body.consentId);
    return this.answers.answer('tax', queryId, body, async () => {
      const { taxClass, taxPaid12mMinor, arrearsMinor, declaredAnnualRevenueMinor, statement } = (await this.findFirm.knownByUscc(body.uscc)).record;
      return { queryId, taxClass, taxPaid12mMinor, arrearsMinor, declaredAnnualRevenueMinor, statement };
    });
  }
}
