import { Database, notFound, type Principal } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { In, LessThan, type FindOptionsWhere } from 'typeorm';
import { Contract } from '../contract/contract.entity.js';
import { Offer } from '../offer/offer.entity.js';
import type { ApplicationStatus } from '../process/loan-process.js';
import { applicationView, type ApplicationView } from './application-view.js';
import { Application } from './application.entity.js';
import { firstBrokenRow, type HistoryRow } from './history-chain.js';

type StoredHistoryRow = HistoryRow & { prevSha256: string; rowSha256: string };

/** Reads applications as far as a principal may see them: a partner its own, staff those of the tenant (R-OP-06). */
@Injectable()
export class ReadApplications {
  constructor(private readonly db: Database) {}

  /** Throws `NOT_FOUND` for an unknown id and for another partner's alike. */
  async find(principal: Principal, applicationId: string): Promise<Application> {
    const application = await this.db.repository(Application).findOneBy({ ...this.#visible(principal), applicationId });
    if (!application) throw notFound('loan application');
    return application;
  }

  async view(principal: Principal, applicationId: string): Promise<ApplicationView> {
    const application = await this.find(principal, applicationId);
    const [offer, contract] = await Promise.all([
      this.db.repository(Offer).findOneBy({ applicationId }),
      this.db.repository(Contract).findOneBy({ applicationId }),
    ]);
    return applicationView(application, offer, contract);
  }

  /** Newest first; the cursor is the last id of the page before. */
  async list(
    principal: Principal,
    filter: { status?: ApplicationStatus | undefined; cursor?: string | undefined; limit: number },
  ): Promise<{ items: ApplicationView[]; nextCursor: string | null }> {
    const { status, cursor, limit } = filter;
    const where = { ...this.#visible(principal), ...(status ? { status } : {}), ...(cursor ? { applicationId: LessThan(cursor) } : {}) };
    const found = await this.db.repository(Application).find({ where, order: { applicationId: 'DESC' }, take: limit + 1 });
    const page = found.slice(0, limit);
    const applicationId = In(page.map((application) => application.applicationId));
    const [offers, contracts] = await Promise.all([
      this.db.repository(Offer).findBy({ applicationId }),
      this.db.repository(Contract).findBy({ applicationId }),
    ]);
    const ofApplication = <T extends { applicationId: string }>(rows: T[], id: string): T | null => rows.find((row) => row.applicationId === id) ?? null;
    return {
      items: page.map((application) =>
        applicationView(application, ofApplication(offers, application.applicationId), ofApplication(contracts, application.applicationId)),
      ),
      nextCursor: found.length > limit ? page.at(-1)!.applicationId : null,
    };
  }

  /** Every step with time, actor and reason; `firstBrokenRow` is null for a history whose seals hold (R-OP-06, R-OP-09). */
  async history(principal: Principal, applicationId: string): Promise<{ items: StoredHistoryRow[]; firstBrokenRow: number | null }> {
    const { historyHead } = await this.find(principal, applicationId);
    const { rows } = await this.db.query<StoredHistoryRow>(
      `select application_id as "applicationId", seq, trigger, effect, status_from as "statusFrom", status_to as "statusTo", jsonb_build_object('kind', actor_kind, 'id', actor_id) as actor,
         reason, evidence, causation_id as "causationId", at, prev_sha256 as "prevSha256", row_sha256 as "rowSha256"
       from application_history where application_id = $1 order by seq`,
      [applicationId],
    );
    return { items: rows, firstBrokenRow: firstBrokenRow(rows, historyHead) ?? null };
  }

  #visible({ kind, tenantId, partnerId, id }: Principal): FindOptionsWhere<Application> {
    return kind === 'partner' ? { tenantId, partnerId: partnerId ?? id } : { tenantId };
  }
}
