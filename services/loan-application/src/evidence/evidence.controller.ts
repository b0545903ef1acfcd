import type { EvidenceFileAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, notFound, type Principal } from '@millrace/service';
import { Body, Controller, Get, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ReadApplications } from '../application/read-applications.js';
import { AddEvidence } from './add-evidence.js';
import { EvidenceFile } from './evidence-file.entity.js';
import { AddEvidenceDto } from './evidence.dto.js';

function viewOf({ evidenceId, kind, mediaType, bytes, sha256, scan, uploadedBy, uploadedAt }: EvidenceFile): EvidenceFileAnswer {
  return { evidenceId, kind, mediaType, bytes, sha256, scan, uploadedBy, uploadedAt: uploadedAt.toISOString() };
}

/** What the lender's own people upload tells of what they look for, so that a partner sees its own files alone (R-LG-02). */
const seenBy = ({ kind }: Principal): { byStaff?: false } => (kind === 'partner' ? { byStaff: false } : {});

/** Files of an application, by id and hash. */
@Controller('loan-applications/:applicationId/evidence')
export class EvidenceController {
  constructor(
    private readonly db: Database,
    private readonly applications: ReadApplications,
    private readonly addEvidence: AddEvidence,
  ) {}

  /** 201 where the file is new; the same again answers 200 with what is there. */
  @Put(':evidenceId')
  async add(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('evidenceId', ParseUUIDPipe) evidenceId: string,
    @Body() body: AddEvidenceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EvidenceFileAnswer> {
    const made = await this.addEvidence.add(principal, applicationId, evidenceId, body);
    void reply.status(made ? 201 : 200);
    return this.show(principal, applicationId, evidenceId);
  }

  @Get()
  async list(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<{ items: EvidenceFileAnswer[] }> {
    await this.applications.find(principal, applicationId);
    const files = await this.db.repository(EvidenceFile).find({ where: { applicationId, ...seenBy(principal) }, order: { number: 'asc' } });
    return { items: files.map(viewOf) };
  }

  @Get(':evidenceId')
  async show(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('evidenceId', ParseUUIDPipe) evidenceId: string,
  ): Promise<EvidenceFileAnswer> {
    await this.applications.find(principal, applicationId);
    const file = await this.db.repository(EvidenceFile).findOneBy({ evidenceId, applicationId, ...seenBy(principal) });
    if (!file) throw notFound('evidence');
    return viewOf(file);
  }
}
