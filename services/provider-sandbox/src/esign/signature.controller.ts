import type { Clock } from '@millrace/contracts';
import { CLOCK, notFound } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { IsIn, IsUUID, Matches, ValidateIf } from 'class-validator';
import { AnswerOnce } from '../answer/answer-once.js';
import { AnswersJsonText, RequestId } from '../answer/request-id.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { FindFirm } from '../firm/find-firm.js';
import { IsUsccForm } from '../profile/profile-rules.js';
import { Certificates, type CertificateView } from './certificates.js';

const SIGNER_ROLES = ['borrower', 'lender', 'guarantor'] as const;

class SignatureDto {
  @Matches(/^[0-9a-f]{64}$/, { message: 'documentSha256 must be a SHA-256 in lower-case hex' }) documentSha256!: string;
  /** A firm, by its code. */
  @ValidateIf(({ signerRef }: SignatureDto) => signerRef === undefined) @IsUsccForm() signerUscc?: string;
  /** A natural person, by the reference under which it was enrolled: instead of the code. */
  @ValidateIf(({ signerRef }: SignatureDto) => signerRef !== undefined) @IsUUID() signerRef?: string;
  @IsIn(SIGNER_ROLES) signerRole!: (typeof SIGNER_ROLES)[number];
}

/** The e-signature service. */
@Controller('v1/esign')
@PlaysProvider('esign')
export class SignatureController {
  constructor(
    private readonly answers: AnswerOnce,
    private readonly findFirm: FindFirm,
    private readonly certificates: Certificates,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A signer need not be a firm of the sandbox: the lender is none. */
  @Put('signatures/:signatureId')
  @AnswersJsonText()
  sign(@RequestId('signatureId') signatureId: string, @Body() body: SignatureDto): Promise<string> {
    const { documentSha256, signerUscc, signerRef } = body;
    const signer = signerRef ?? signerUscc!;
    return this.answers.answer('esign', signatureId, body, async () => {
      const firm = signerRef === undefined ? await this.findFirm.byUscc(signer) : undefined;
      if (firm?.record.declinesSignature) return { signatureId, status: 'declined', documentSha256, certificateSerial: null, signedAt: null, signature: null };
      const { certificateSerial, signature } = await this.certificates.sign(signer, documentSha256);
      return { signatureId, status: 'signed', documentSha256, certificateSerial, signedAt: this.clock.now().toISOString(), signature };
    });
  }

  @Get('certificates/:serial')
  async certificate(@Param('serial') serial: string): Promise<CertificateView> {
    const certificate = await this.certificates.find(serial);
    if (!certificate) throw notFound('certificate');
    return certificate;
  }
}
