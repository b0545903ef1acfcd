import type { AccountChangeAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, notFound, type Principal } from '@millrace/service';
import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ReadApplications } from '../application/read-applications.js';
import { signaturesOf } from '../contract/signature-evidence.js';
import { translationOf } from '../contract/translation.js';
import { ProposeAccountDto } from './account-change.dto.js';
import { ProposeAccount } from './propose-account.js';

/** An addendum as it was drafted, and what became of it. */
type AccountChange = Omit<AccountChangeAnswer, 'signatures' | 'translation'> & { readonly textEn: string | null };

const SELECT = `select account_change_id as "accountChangeId", payee_record_id as "payeeRecordId", payee_account as "payeeAccount", addendum_sha256 as "addendumSha256", text, text_en as "textEn",
  case when signed_at is not null then 'signed' when voided_at is not null then 'void' else 'open' end as status
  from account_change where account_change_id = $1 and application_id = $2`;

/** Another account for a payout that the bank has refused (T18). */
@Controller('loan-applications/:applicationId/account-changes/:accountChangeId')
export class AccountChangeController {
  constructor(
    private readonly db: Database,
    private readonly applications: ReadApplications,
    private readonly proposeAccount: ProposeAccount,
  ) {}

  /** The same content again answers the same addendum. */
  @Put()
  async propose(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('accountChangeId', ParseUUIDPipe) accountChangeId: string,
    @Body() body: ProposeAccountDto,
  ): Promise<AccountChangeAnswer> {
    await this.proposeAccount.propose(principal, applicationId, accountChangeId, body);
    return this.show(principal, applicationId, accountChangeId);
  }

  /** The text, its hash, and once all parties have signed, their signatures. */
  @Get()
  async show(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('accountChangeId', ParseUUIDPipe) accountChangeId: string,
  ): Promise<AccountChangeAnswer> {
    await this.applications.find(principal, applicationId);
    const { rows } = await this.db.query<AccountChange & Record<string, unknown>>(SELECT, [accountChangeId, applicationId]);
    const [change] = rows;
    if (!change) throw notFound('account change');
    const { textEn, ...shown } = change;
    return { ...shown, translation: translationOf(textEn, shown.addendumSha256), signatures: await signaturesOf(this.db, accountChangeId) };
  }
}
