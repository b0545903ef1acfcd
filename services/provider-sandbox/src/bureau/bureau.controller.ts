import { Body, Controller, Put } from '@nestjs/common';
import { IsIn, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { AnswerOnce } from '../answer/answer-once.js';
import { AnswersJsonText, RequestId } from '../answer/request-id.js';
import { requireConsent } from '../answer/require-consent.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { FindFirm } from '../firm/find-firm.js';
import { IsUsccForm } from '../profile/profile-rules.js';

const PURPOSES = ['loan_approval', 'post_loan'] as const;

class BureauQueryDto {
  @IsOptional() @IsUUID() consentId?: string | null;
  @IsOptional() @IsIn(PURPOSES) purpose?: (typeof PURPOSES)[number] | null;
}

class EnterpriseQueryDto extends BureauQueryDto {
  @IsUsccForm() uscc!: string;
}

class PersonalQueryDto extends BureauQueryDto {
  @IsString() @IsNotEmpty() @MaxLength(200) name!: string;
  @IsString() @IsNotEmpty() @MaxLength(40) idNumber!: string;
}

/** The credit bureau: every answered query leaves a trace, so each needs a consent (G-CB-01, G-CB-02). */
@Controller('v1/bureau')
@PlaysProvider('bureau')
export class BureauController {
  constructor(
    private readonly answers: AnswerOnce,
    private readonly findFirm: FindFirm,
  ) {}

  @Put('enterprise-queries/:queryId')
  @AnswersJsonText()
  enterprise(@RequestId('queryId') queryId: string, @Body() body: EnterpriseQueryDto): Promise<string> {
    requireConsent(body.consentId);
    return this.answers.answer('enterprise_bureau', queryId, body, async () => {
      const record = (await this.findFirm.byUscc(body.uscc))?.record;
      const found = record?.bureauFound ?? false;
      const { totalDebtMinor = null, unsecuredDebtMinor = null, lenderCount = null, maxOverdueDays = null, overdueNow = null } = found ? record! : {};
      return { queryId, found, totalDebtMinor, unsecuredDebtMinor, lenderCount, maxOverdueDays, overdueNow };
    });
  }

  @Put('personal-queries/:queryId')
  @AnswersJsonText()
  personal(@RequestId('queryId') queryId: string, @Body() body: PersonalQueryDto): Promise<string> {
    requireConsent(body.consentId);
    return this.answers.answer('personal_bureau', queryId, body, async () => {
      const record = (await this.findFirm.byLegalRepresentative(body.idNumber))?.record;
      const found = record !== undefined && record.ownerBureauFound && record.legalRepresentative.name === body.name;
      return { queryId, found, overdueNow: found ? record.ownerOverdueNow : null, maxOverdueDays: found ? record.ownerMaxOverdueDays : null };
    });
  }
}
