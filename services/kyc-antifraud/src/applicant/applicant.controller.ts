import { isId } from '@millrace/contracts';
import { CurrentPrincipal, Problem, type Principal } from '@millrace/service';
import { Body, Controller, Inject, Param, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RecordApplicantDto } from './applicant.dto.js';
import { RecordApplicant } from './record-applicant.js';

/** The natural persons of an application, recorded before the application itself (internal API). */
@Controller('applicants')
export class ApplicantController {
  constructor(@Inject(RecordApplicant) private readonly recordApplicant: RecordApplicant) {}

  /** 201 the first time, 200 for the same content again; other content is another record, as nothing hangs on it yet. Of the person the answer tells the age alone. */
  @Put(':applicationId')
  async put(
    @Param('applicationId') applicationId: string,
    @Body() body: RecordApplicantDto,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ applicantRecordId: string; ageYears: number | null }> {
    if (!isId(applicationId)) {
      throw new Problem({
        status: 400,
        code: 'VALIDATION_FAILED',
        title: 'Some fields are not right.',
        detail: 'Make ids as UUIDv7.',
        errors: [{ field: 'applicationId', message: 'must be a UUIDv7' }],
      });
    }
    const { created, ...recorded } = await this.recordApplicant.record(applicationId, body, principal);
    reply.status(created ? 201 : 200);
    return recorded;
  }
}
