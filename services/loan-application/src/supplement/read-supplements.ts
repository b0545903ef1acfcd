import type { AskedItem, CorrectedValue } from '@millrace/contracts';
import type { SupplementListAnswer } from '@millrace/contracts/api';
import { applicantReason } from '@millrace/reasons';
import { Database, type Principal } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { ReadApplications } from '../application/read-applications.js';

interface SupplementRow {
  readonly round: number;
  readonly askedBy: 'engine' | 'person';
  readonly items: AskedItem[];
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly supplementId: string | null;
  readonly evidenceIds: string[] | null;
  readonly answeredAt: Date | null;
  readonly corrected: CorrectedValue[] | null;
}

const READ = `select s.round, s.asked_by as "askedBy", s.items, s.asked_at as "askedAt", s.due_at as "dueAt", s.supplement_id as "supplementId",
  s.evidence_ids as "evidenceIds", s.answered_at as "answeredAt", c.corrected
  from supplement s left join correction c on c.correction_id = s.supplement_id and c.application_id = s.application_id where s.application_id = $1 order by s.round`;

/** What an applicant was asked, in the words that it is told, and what it has answered. */
@Injectable()
export class ReadSupplements {
  constructor(
    private readonly db: Database,
    private readonly applications: ReadApplications,
  ) {}

  async list(principal: Principal, applicationId: string): Promise<SupplementListAnswer> {
    await this.applications.find(principal, applicationId);
    const { rows } = await this.db.query<SupplementRow & Record<string, unknown>>(READ, [applicationId]);
    return {
      items: rows.map(({ items, askedAt, dueAt, answeredAt, evidenceIds, corrected, ...row }) => ({
        ...row,
        items: items.map(({ field, reasonCode }) => ({
          field: field as SupplementListAnswer['items'][number]['items'][number]['field'],
          reason: applicantReason(reasonCode, 'review'),
        })),
        askedAt: askedAt.toISOString(),
        dueAt: dueAt.toISOString(),
        answeredAt: answeredAt?.toISOString() ?? null,
        evidenceIds: evidenceIds ?? [],
        corrected: (corrected ?? []) as SupplementListAnswer['items'][number]['corrected'],
      })),
    };
  }
}
