import type { Clock } from '@millrace/contracts';
import type { ScreeningAnswer } from '@millrace/contracts/api';
import { CLOCK, CurrentPrincipal, Database, notFound, requireRight, type Principal } from '@millrace/service';
import { Controller, Get, Inject, Param, ParseUUIDPipe } from '@nestjs/common';
import { logRestrictedRead } from '../applicant/restricted-read.js';
import { screeningSubjects } from '../sources/watchlists/screening-subjects.js';
import { bodiesOf } from '../sources/source-reply.js';
import { subjectOf, VerificationReader } from './stored-verification.js';

type ScreeningHit = ScreeningAnswer['hits'][number];

const OF_TENANT = 'select 1 from verification v join applicant_record a using (applicant_record_id) where v.application_id = $1 and a.tenant_id = $2';

/** What the screening of a firm and its people against sanctions and watch lists found; for the role `compliance` alone, and each look is kept (R-LG-02). */
@Controller('screenings')
export class ScreeningController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(VerificationReader) private readonly reader: VerificationReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':applicationId')
  async show(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<ScreeningAnswer> {
    requireRight(principal, 'screening');
    const { rowCount } = await this.database.query(OF_TENANT, [applicationId, principal.tenantId]);
    const verification = rowCount ? await this.reader.read(applicationId) : undefined;
    if (!verification) throw notFound('verification');
    await logRestrictedRead(this.database, principal, applicationId, 'screening', this.clock.now());
    const reply = verification.replies.get('watchlist');
    const { watchlist } = bodiesOf(verification.replies);
    const subjects = screeningSubjects(subjectOf(verification), bodiesOf(verification.replies));
    const hits = (watchlist?.hits ?? []).map(({ list, matchScore, subjectIndex, listedName }): ScreeningHit => {
      const subject = subjects[subjectIndex];
      return { list, matchScore, listedName: listedName ?? null, subject: subject ? { kind: subject.kind, name: subject.name } : null };
    });
    return { applicationId, screenedAt: reply?.fetchedAt.toISOString() ?? null, hits };
  }
}
