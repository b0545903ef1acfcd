import type { Clock, Finding } from '@millrace/contracts';
import {
  businessDaySql,
  changeHorizon,
  CLOCK,
  Database,
  decodeCursor,
  DEFAULT_PAGE_SIZE,
  listConditions,
  notFound,
  pageOf,
  requireRight,
  whereOf,
  type Condition,
  type ListPage,
  type Principal,
} from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { Contract } from '../contract/contract.entity.js';
import { Offer } from '../offer/offer.entity.js';
import { applicationView, type ApplicationFile, type ApplicationView } from './application-view.js';
import type { ListApplicationsDto } from './application.dto.js';
import { Application } from './application.entity.js';
import { shownDecisionCode, shownFindings } from './shown-to.js';
import { firstBrokenRow, type HistoryRow } from './history-chain.js';

type StoredHistoryRow = HistoryRow & { prevSha256: string; rowSha256: string };

/** An application with the columns of its offer and its contract, under prefixed names; null where there is none. */
type JoinedRow = Application & { readonly [column: `offer ${string}` | `contract ${string}`]: unknown } & Pick<ApplicationFile, 'review'>;

/** The entity whose columns have the prefix; null where the row was joined with nothing. */
function joined<E extends { applicationId: string }>(row: JoinedRow, prefix: 'offer' | 'contract'): E | null {
  if (row[`${prefix} applicationId`] === null) return null;
  const columns = Object.entries(row).filter(([name]) => name.startsWith(`${prefix} `));
  return Object.fromEntries(columns.map(([name, value]) => [name.slice(prefix.length + 1), value])) as E;
}

function viewOf(row: JoinedRow, viewer: Principal): ApplicationView {
  return applicationView({ application: row, offer: joined<Offer>(row, 'offer'), contract: joined<Contract>(row, 'contract'), review: row.review }, viewer);
}

/** Steps that earlier versions wrote hold findings and fraud scores, and the codes of persons' decisions. */
function withoutSuspicion(row: StoredHistoryRow, viewer: Principal): StoredHistoryRow {
  const { fraudScore: _, findings, commentSha256, ...evidence } = row.evidence as { fraudScore?: unknown; findings?: unknown; commentSha256?: string };
  const shown = Array.isArray(findings) ? { findings: shownLines(findings.map(String), viewer) } : {};
  const reason = shownDecisionCode(row.reason, viewer);
  // Whoever may not read the comment could still try words against its hash.
  const sealed = commentSha256 !== undefined && reason === row.reason ? { commentSha256 } : {};
  return { ...row, reason, evidence: { ...evidence, ...sealed, ...shown } };
}

/** `severity:code`, as the evidence of a verification has it. */
function shownLines(lines: readonly string[], viewer: Principal): string[] {
  const findings = lines.map((line) => ({ severity: line.split(':')[0] as Finding['severity'], code: line.split(':').slice(1).join(':') }));
  return shownFindings(findings, viewer).map(({ severity, code }) => `${severity}:${code}`);
}

const COLUMNS = { id: 'a.application_id', updatedAt: 'a.updated_at', day: businessDaySql('a.submitted_at') };

function visibleTo({ kind, tenantId, partnerId, id }: Principal): Condition[] {
  return [['a.tenant_id =', tenantId], ...(kind === 'partner' ? [['a.partner_id =', partnerId ?? id] as const] : [])];
}

/** Reads applications as far as a principal may see them: a partner its own, staff those of the tenant (R-OP-06). By hand, as every look at a status comes here. */
@Injectable()
export class ReadApplications {
  readonly #application: string;
  readonly #view: string;

  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const application = db.columns(Application, 'a');
    this.#application = `select ${application} from application a`;
    this.#view = `select ${application}, ${db.columns(Offer, 'o', 'offer ')}, ${db.columns(Contract, 'c', 'contract ')},
      (select jsonb_build_object('stage', t.stage, 'reasons', t.reasons) from review_task t where t.application_id = a.application_id and t.status = 'open') as review
      from application a
      left join offer o on o.application_id = a.application_id left join contract c on c.application_id = a.application_id`;
  }

  /** Throws `NOT_FOUND` for an unknown id and for another partner's alike. */
  find(principal: Principal, applicationId: string): Promise<Application> {
    return this.#one(this.#application, principal, applicationId);
  }

  async view(principal: Principal, applicationId: string): Promise<ApplicationView> {
    return viewOf(await this.#one<JoinedRow>(this.#view, principal, applicationId), principal);
  }

  /** Newest first: ids rise with time, and never change, so that a page neither repeats nor skips a row of the one before. */
  async list(principal: Principal, query: ListApplicationsDto): Promise<ListPage<ApplicationView>> {
    const { status, uscc, cursor, limit = DEFAULT_PAGE_SIZE } = query;
    const conditions: Condition[] = [
      ...visibleTo(principal),
      ...(status ? [['a.status =', status] as const] : []),
      ...(uscc ? [['a.uscc =', uscc] as const] : []),
      ...listConditions(query, COLUMNS),
    ];
    const { sql, values } = whereOf(conditions);
    // Before the rows, and once for all pages of a look.
    const horizon = cursor === undefined ? await changeHorizon(this.db, this.clock) : decodeCursor(cursor).nextUpdatedSince;
    const newestFirst = `order by a.application_id desc limit $${values.length + 1}`;
    const { rows } = await this.db.query<JoinedRow>(`${this.#view} ${sql} ${newestFirst}`, [...values, limit + 1]);
    return pageOf(
      rows,
      limit,
      horizon,
      ({ applicationId }) => applicationId,
      (row) => viewOf(row, principal),
    );
  }

  /** Every step with time, actor and reason; `firstBrokenRow` is null for a history whose seals hold (R-OP-06, R-OP-09). */
  async history(principal: Principal, applicationId: string): Promise<{ items: StoredHistoryRow[]; firstBrokenRow: number | null }> {
    requireRight(principal, 'history');
    const { historyHead } = await this.find(principal, applicationId);
    const { rows } = await this.db.query<StoredHistoryRow>(
      `select application_id as "applicationId", seq, trigger, effect, status_from as "statusFrom", status_to as "statusTo", jsonb_build_object('kind', actor_kind, 'id', actor_id) as actor,
         reason, evidence, causation_id as "causationId", at, prev_sha256 as "prevSha256", row_sha256 as "rowSha256"
       from application_history where application_id = $1 order by seq`,
      [applicationId],
    );
    // The seals are held against the rows as they are; what is shown of old ones is without suspicion.
    return { items: rows.map((row) => withoutSuspicion(row, principal)), firstBrokenRow: firstBrokenRow(rows, historyHead) ?? null };
  }

  async #one<R extends Application>(select: string, principal: Principal, applicationId: string): Promise<R> {
    const { sql, values } = whereOf([...visibleTo(principal), ['a.application_id =', applicationId]]);
    const { rows } = await this.db.query<R>(`${select} ${sql}`, values);
    if (rows.length === 0) throw notFound('loan application');
    return rows[0]!;
  }
}
