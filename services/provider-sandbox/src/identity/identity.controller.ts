import { Body, Controller, Put } from '@nestjs/common';
import { IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { AnswerOnce } from '../answer/answer-once.js';
import { AnswersJsonText, RequestId } from '../answer/request-id.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { FindFirm } from '../firm/find-firm.js';
import { matchIdentity } from './match-identity.js';

class VerifyIdentityDto {
  @IsString() @IsNotEmpty() @MaxLength(200) name!: string;
  @IsString() @IsNotEmpty() @MaxLength(40) idNumber!: string;
  @IsString() @IsNotEmpty() @MaxLength(40) mobile!: string;
  @IsOptional() @IsString() @MaxLength(40) uscc?: string | null;
  @IsOptional() @IsString() @MaxLength(500) deviceFingerprint?: string | null;
  @IsOptional() @IsUUID() consentId?: string | null;
}

/** Identity, phone, face and liveness. */
@Controller('v1/identity/verifications')
@PlaysProvider('identity')
export class IdentityController {
  constructor(
    private readonly answers: AnswerOnce,
    private readonly findFirm: FindFirm,
  ) {}

  @Put(':verificationId')
  @AnswersJsonText()
  verify(@RequestId('verificationId') verificationId: string, @Body() body: VerifyIdentityDto): Promise<string> {
    return this.answers.answer('identity', verificationId, body, async () => {
      const firm = await this.findFirm.byLegalRepresentative(body.idNumber, body.uscc ?? undefined);
      return { verificationId, ...matchIdentity(body, firm?.record) };
    });
  }
}
