import type { PublishedTextListAnswer, RecordedConsentAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, type Principal } from '@millrace/service';
import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ReadApplications } from '../application/read-applications.js';
import { LoanApplicationConfig } from '../config.js';
import { readConsents } from '../text/read-consents.js';
import { currentTexts, type PublishedText } from '../text/published-texts.js';
import { ListTextsDto } from '../text/text.dto.js';

@Controller()
export class TextController {
  constructor(
    private readonly db: Database,
    private readonly applications: ReadApplications,
    private readonly config: LoanApplicationConfig,
  ) {}

  @Get('consent-texts')
  consentTexts(@Query() query: ListTextsDto): PublishedTextListAnswer {
    return this.#list('consent', query);
  }

  @Get('disclosures')
  disclosures(@Query() query: ListTextsDto): PublishedTextListAnswer {
    return this.#list('disclosure', query);
  }

  /** What an applicant agreed to, in the order of the types. */
  @Get('loan-applications/:applicationId/consents')
  async consents(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
  ): Promise<{ items: readonly RecordedConsentAnswer[] }> {
    await this.applications.find(principal, applicationId);
    return { items: await readConsents(this.db, applicationId) };
  }

  #list(kind: PublishedText['kind'], query: ListTextsDto): PublishedTextListAnswer {
    const { lenderName: name, lenderUscc: uscc } = this.config;
    return { lender: { name, uscc }, items: currentTexts(kind, query) };
  }
}
