import type { Clock } from '@millrace/contracts';
import type { HistoryAnswer } from '@millrace/contracts/api';
import { firstBrokenRow, historySelect } from '@millrace/process';
import {
  businessDaySql,
  CLOCK,
  Database,
  listConditions,
  notFound,
  readPage,
  requireRight,
  whereOf,
  type Condition,
  type ListPage,
  type Principal,
} from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { APPLICATION_SUBJECT } from '../application/advance-application.js';
import type { ListApplicationsDto } from '../application/application.dto.js';
import { Application } from '../application/application.entity.js';
import { ReadApplications, visibleTo } from '../application/read-applications.js';
import { Contract } from '../contract/contract.entity.js';
import { DRAWDOWN_SUBJECT } from '../drawdown/advance-drawdown.js';
import { Drawdown } from '../drawdown/drawdown.entity.js';
import { Offer } from '../offer/offer.entity.js';
import { ReadDraft } from '../draft/read-draft.js';
import { applicationView, type ApplicationFile, type ApplicationView } from './application-view.js';
import { draftedView } from './drafted-view.js';
import { shownStep, type StoredStep } from './shown-history.js';

/** What hangs on an application, each under a prefix of its own. */
const PARTS = { offer: Offer, contract: Contract, drawdown: Drawdown } as const;
type Part = keyof typeof PARTS;

/** What a list may be narrowed by, beside days and changes. */
const FILTERS = { status: 'a.status =', drawdownStatus: 'drawdown.status =', loanStatus: 'drawdown.loan_status =', uscc: 'a.uscc =' } as const;
const COLUMNS = { id: 'a.application_id', updatedAt: 'a.updated_at', day: businessDaySql('a.submitted_at') };

/** An application with the columns of its parts under prefixed names; null where there is none. */
type JoinedRow = Application & { readonly [column: `${Part} ${string}`]: unknown } & Pick<ApplicationFile, 'review'>;

/** The entity whose columns have the prefix; null where the row was joined with nothing. */
function joined<E extends { applicationId: string }>(row: JoinedRow, prefix: Part): E | null {
  if (row[`${prefix} applicationId`] === null) return null;
  const columns = Object.entries(row).filter(([name]) => name.startsWith(`${prefix} `));
  return Object.fromEntries(columns.map(([name, value]) => [name.slice(prefix.length + 1), value])) as E;
}

function viewOf(row: JoinedRow, viewer: Principal): ApplicationView {
  const parts = { offer: joined<Offer>(row, 'offer'), contract: joined<Contract>(row, 'contract'), drawdown: joined<Drawdown>(row, 'drawdown') };
  return applicationView({ application: row, ...parts, review: row.review }, viewer);
}

/** Shows applications with what hangs on them, as far as a principal may see it. By hand, as every look at a status comes here. */
@Injectable()
export class ShowApplications {
  readonly #view: string;

  constructor(
    private readonly db: Database,
    private readonly applications: ReadApplications,
    private readonly drafts: ReadDraft,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const columns = Object.entries(PARTS).map(([part, entity]) => db.columns<Offer | Contract | Drawdown>(entity, part, `${part} `));
    const joins = Object.keys(PARTS).map((part) => `left join ${part} on ${part}.application_id = a.application_id`);
    this.#view = `select ${db.columns(Application, 'a')}, ${columns.join(', ')},
      (select jsonb_build_object('stage', t.stage, 'reasons', t.reasons) from review_task t where t.application_id = a.application_id and t.status = 'open') as review
      from application a ${joins.join(' ')}`;
  }

  /** Throws `NOT_FOUND` for an unknown id and for another partner's alike. A draft is shown to whoever fills it in. */
  async view(principal: Principal, applicationId: string): Promise<ApplicationView> {
    const { sql, values } = whereOf([...visibleTo(principal), ['a.application_id =', applicationId]]);
    const { rows } = await this.db.query<JoinedRow>(`${this.#view} ${sql}`, values);
    if (rows.length > 0) return viewOf(rows[0]!, principal);
    const draft = await this.drafts.own(principal, applicationId);
    if (!draft) throw notFound('loan application');
    return draftedView(draft);
  }

  /** Newest first: ids rise with time, and never change, so that a page neither repeats nor skips a row of the one before. */
  async list(principal: Principal, query: ListApplicationsDto): Promise<ListPage<ApplicationView>> {
    const filters = Object.entries(FILTERS).flatMap(([name, comparison]): Condition[] => {
      const value = query[name as keyof typeof FILTERS];
      return value === undefined ? [] : [[comparison, value]];
    });
    const { sql, values } = whereOf([...visibleTo(principal), ...filters, ...listConditions(query, COLUMNS)]);
    const newestFirst = `${this.#view} ${sql} order by a.application_id desc limit $${values.length + 1}`;
    return readPage(this.db, this.clock, query, {
      read: async (most) => (await this.db.query<JoinedRow>(newestFirst, [...values, most])).rows,
      idOf: ({ applicationId }) => applicationId,
      viewOf: (row) => viewOf(row, principal),
    });
  }

  /**
   * Every step of the application and then of its drawdown, with time, actor and reason. `firstBrokenRow` is null for histories whose seals hold, and otherwise counts
   * through `items` (R-OP-06, R-OP-09).
   */
  async history(principal: Principal, applicationId: string): Promise<HistoryAnswer> {
    requireRight(principal, 'history');
    const { historyHead } = await this.applications.find(principal, applicationId);
    const own = await this.db.query<StoredStep & { applicationId: string }>(
      `select ${historySelect(APPLICATION_SUBJECT, 'h')} from application_history h where h.application_id = $1 order by h.seq`,
      [applicationId],
    );
    const drawn = await this.db.query<StoredStep & { drawdownId: string; head: string }>(
      `select ${historySelect(DRAWDOWN_SUBJECT, 'h')}, d.history_head as head from drawdown d join drawdown_history h using (drawdown_id)
       where d.application_id = $1 order by h.seq`,
      [applicationId],
    );
    const drawnRows = drawn.rows.map(({ head: _, ...row }) => row);
    const broken = firstBrokenRow(own.rows, historyHead);
    const brokenLater = drawn.rows[0] && firstBrokenRow(drawnRows, drawn.rows[0].head);
    // The seals are held against the rows as they are; what is shown of old ones is without suspicion.
    const items = [...own.rows, ...drawnRows.map(({ drawdownId: _, ...row }) => ({ ...row, applicationId }))].map((row) => shownStep(row, principal));
    return { items, firstBrokenRow: broken ?? (brokenLater === undefined ? null : own.rows.length + brokenLater) };
  }
}
