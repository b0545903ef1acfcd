import { isId } from '@millrace/contracts';
import { CurrentPrincipal, Problem, type Principal } from '@millrace/service';
import { Body, Controller, Inject, Param, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RecordGuarantorDto } from './guarantor.dto.js';
import { RecordGuarantor, type RecordedGuarantor } from './record-guarantor.js';

/** Who is to stand for the loan of an application, recorded before the application itself (internal API). */
@Controller('applicants/:applicationId/guarantors')
export class GuarantorController {
  constructor(@Inject(RecordGuarantor) private readonly recordGuarantor: RecordGuarantor) {}

  /** 201 the first time, 200 for the same content again; other content is another record, as nothing hangs on it yet. */
  @Put(':guarantorId')
  async put(
    @Param('applicationId') applicationId: string,
    @Param('guarantorId') guarantorId: string,
    @Body() body: RecordGuarantorDto,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedGuarantor> {
    for (const [field, value] of Object.entries({ applicationId, guarantorId }))
      if (!isId(value))
        throw new Problem({
          status: 400,
          code: 'VALIDATION_FAILED',
          title: 'Some fields are not right.',
          detail: 'Make ids as UUIDv7.',
          errors: [{ field, message: 'must be a UUIDv7' }],
        });
    const { guarantor, created } = await this.recordGuarantor.record(applicationId.toLowerCase(), guarantorId.toLowerCase(), body, principal);
    reply.status(created ? 201 : 200);
    return guarantor;
  }
}
