import { EVIDENCE_MEDIA_TYPES, MAX_EVIDENCE_BYTES } from '@millrace/contracts/api';
import { CLOCK, CurrentPrincipal, Database, readFileBody, requireRight, type Principal } from '@millrace/service';
import type { Clock } from '@millrace/contracts';
import { Controller, Get, Inject, Param, ParseUUIDPipe, Put, Query, Req, Res } from '@nestjs/common';
import { IsIn } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { logRestrictedRead } from '../applicant/restricted-read.js';
import { KeepEvidence, type KeptEvidence } from './keep-evidence.js';

/** What the sender says of the file. */
class FileQuery {
  @IsIn(EVIDENCE_MEDIA_TYPES) mediaType!: string;
}

/** Files that were uploaded; whether the caller sees the application is the hub's matter, and asked by the gateway before. */
@Controller('evidence/:applicationId/:evidenceId')
export class EvidenceController {
  constructor(
    @Inject(KeepEvidence) private readonly evidence: KeepEvidence,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Put()
  async keep(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('evidenceId', ParseUUIDPipe) evidenceId: string,
    @Query() { mediaType }: FileQuery,
    @Req() request: FastifyRequest,
  ): Promise<KeptEvidence> {
    return this.evidence.keep(principal, applicationId, evidenceId, await readFileBody(request, MAX_EVIDENCE_BYTES), mediaType);
  }

  /** The file in the clear; each look is kept before it is shown. */
  @Get()
  async read(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('evidenceId', ParseUUIDPipe) evidenceId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    requireRight(principal, 'evidence');
    const { mediaType, file } = await this.evidence.read(principal, applicationId, evidenceId);
    await logRestrictedRead(this.database, principal, applicationId, 'evidence', this.clock.now());
    void reply.header('content-type', mediaType);
    return file;
  }
}
