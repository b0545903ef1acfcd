import type { Clock } from '@millrace/contracts';
import { CLOCK } from '@millrace/service';
import { Body, Controller, Inject, Put } from '@nestjs/common';
import { IsOptional, IsUUID } from 'class-validator';
import { AnswerOnce } from '../answer/answer-once.js';
import { AnswersJsonText, RequestId } from '../answer/request-id.js';
import { requireConsent } from '../answer/require-consent.js';
import { partyDown, PlaysProvider } from '../fault/fault.interceptor.js';
import { FindFirm } from '../firm/find-firm.js';
import type { SandboxFirm } from '../profile/sandbox-firm.js';
import { IsUsccForm } from '../profile/profile-rules.js';

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
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Put(':queryId')
  @AnswersJsonText()
  query(@RequestId('queryId') queryId: string, @Body() body: TaxQueryDto): Promise<string> {
    requireConsent(body.consentId);
    return this.answers.answer('tax', queryId, body, async () => {
      const firm = await this.findFirm.knownByUscc(body.uscc);
      this.#refuseWhileAway(firm);
      const { taxClass, taxPaid12mMinor, arrearsMinor, declaredAnnualRevenueMinor, statement } = firm.record;
      return { queryId, taxClass, taxPaid12mMinor, arrearsMinor, declaredAnnualRevenueMinor, statement };
    });
  }

  /** For one firm the bureau may be away, while it answers about all others. */
  #refuseWhileAway({ record: { taxAnswersAfterSeconds = 0 }, madeAt }: SandboxFirm): void {
    if (!madeAt || this.clock.now().getTime() >= madeAt.getTime() + taxAnswersAfterSeconds * 1_000) return;
    throw partyDown('PUT /sandbox/firms/{firmId} {"taxAnswersAfterSeconds":0} ends it for this firm.');
  }
}
