import type { Clock } from '@millrace/contracts';
import type { PersonAnswer, RestrictedReadsAnswer } from '@millrace/contracts/api';
import { CLOCK, CurrentPrincipal, Database, FieldCipher, hasRight, notFound, Problem, requireRight, type Principal, type StoredRow } from '@millrace/service';
import { Controller, Get, Inject, Param, ParseUUIDPipe } from '@nestjs/common';
import { openApplicant } from './applicant-record.js';
import { IS_STORED_ONLY, storedOnly } from './stored-only.js';
import { logRestrictedRead, type RestrictedContent } from './restricted-read.js';

type StoredRead = { readonly what: RestrictedContent; readonly staffId: string; readonly at: Date };

const PERSON = `select v.outcome, to_json(a.*) as applicant, ${IS_STORED_ONLY} as restricted from verification v join applicant_record a using (applicant_record_id, application_id)
  where v.application_id = $1 and a.tenant_id = $2`;
const READS = `select what, staff_id as "staffId", at from restricted_read where application_id = $1 and tenant_id = $2 order by read_id limit 1000`;

/** Persons in the clear, for the officer who has to check one, and who has looked at them. */
@Controller()
export class PersonController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Only where the verification asks a person to look, as nobody else needs it (R-IT-05); each look is kept (T61). Throws `NOT_REFERRED`. */
  @Get('persons/:applicationId')
  async person(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<PersonAnswer> {
    requireRight(principal, 'person');
    const { rows } = await this.database.query<{ outcome: string | null; applicant: StoredRow; restricted: boolean }>(PERSON, [
      applicationId,
      principal.tenantId,
    ]);
    const [row] = rows;
    if (!row) throw notFound('verification');
    if (row.restricted) throw storedOnly();
    if (row.outcome !== 'refer')
      throw new Problem({
        status: 409,
        code: 'NOT_REFERRED',
        title: 'Nobody has to check this person.',
        detail: 'A person is shown only where the verification was referred to people; GET the verification shows the masked data.',
      });
    await logRestrictedRead(this.database, principal, applicationId, 'person', this.clock.now());
    const { name, idNumber, mobile } = openApplicant(row.applicant, this.cipher).applicant;
    return { applicationId, name, idNumber, mobile };
  }

  /** Who has looked at persons, and, for those who may look at hits on lists, at these. */
  @Get('restricted-reads/:applicationId')
  async reads(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<RestrictedReadsAnswer> {
    requireRight(principal, 'restrictedReads');
    const { rows } = await this.database.query<StoredRead>(READS, [applicationId, principal.tenantId]);
    const shown = rows.filter(({ what }) => what !== 'screening' || hasRight(principal, 'screening'));
    return { items: shown.map(({ what, staffId, at }) => ({ what, staffId, at: at.toISOString() })) };
  }
}
