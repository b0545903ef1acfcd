import { Body, Controller, Put } from '@nestjs/common';
import { AnswerOnce } from '../answer/answer-once.js';
import { AnswersJsonText, RequestId } from '../answer/request-id.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { MadeFirms } from '../firm/made-firms.js';
import { AccountVerificationDto, holderOf } from './account-rules.js';

/** The bank's name check (账户核验): is this account held in this name? */
@Controller('v1/bank/account-verifications')
@PlaysProvider('accounts')
export class AccountVerificationController {
  constructor(
    private readonly answers: AnswerOnce,
    private readonly firms: MadeFirms,
  ) {}

  @Put(':verificationId')
  @AnswersJsonText()
  verify(@RequestId('verificationId') verificationId: string, @Body() body: AccountVerificationDto): Promise<string> {
    return this.answers.answer('accounts', verificationId, body, async () => {
      const holders = (await this.firms.byAccountNumber(body.accountNumber)).map(({ record }) => record.bankAccount.accountName);
      return { verificationId, result: holderOf(body, holders) };
    });
  }
}
