import { LegalCaseFindingMade, newId, type Clock } from '@millrace/contracts';
import type { CourtFinding } from '@millrace/contracts/api';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, Database } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { PostLoanMonitoringConfig } from '../config.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { lockAccount } from '../loan/read-account.js';
import type { CaseName } from './court-client.js';
import type { CourtAnswer, CourtNews, ReadNews } from './court-reply.js';
import { takeOverNews, type WatchedCase } from './take-over-news.js';

interface WatchRow extends WatchedCase {
  readonly loanId: string;
  readonly finding: CourtFinding | null;
  readonly isClosed: boolean;
  /** The court has the filing, or the case was filed by hand. */
  readonly isKnownToCourt: boolean;
}

const WATCH = `
select w.loan_id as "loanId", w.case_id as "caseId", w.finding, c.filing_id as "filingId", c.court, c.court_reference as "courtReference", c.filed_on::text as "filedOn",
  c.closed_on is not null as "isClosed",
  c.filing_id is null or exists (select from dispatch d where d.dispatch_id = c.filing_id and d.state = 'DONE') as "isKnownToCourt"
from court_watch w join legal_case c using (loan_id, case_id) where w.watch_id = $1 and w.turn = $2`;
const LOCK = 'select 1 from court_watch where watch_id = $1 and turn = $2 for no key update';
const LOOKED = 'update court_watch set next_action_at = $2, finding = $3, looked_at = $4 where watch_id = $1';
const ENDED = 'update court_watch set next_action_at = null where watch_id = $1 and turn = $2';
const LATER = 'update court_watch set next_action_at = $3 where watch_id = $1 and turn = $2';
const KNOWN = 'select 1 from court_news where loan_id = $1 and news_id = $2';
const STORE = 'insert into court_news (loan_id, news_id, case_id, content, finding, recorded_at) values ($1, $2, $3, $4, $5, $6)';

/** The transactions around every look at the news of a case: what is asked, and what is made of the answer. */
@Injectable()
export class RecordNews {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(PostLoanMonitoringConfig) private readonly config: PostLoanMonitoringConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** How the court is asked about the case; undefined where it is closed, or the court has not taken it in yet. */
  async nameOf(watchId: string, turn: number): Promise<CaseName | undefined> {
    const [watch] = (await this.database.query<WatchRow & Record<string, unknown>>(WATCH, [watchId, turn])).rows;
    if (!watch) return undefined;
    if (watch.isClosed) await this.database.query(ENDED, [watchId, turn]);
    else if (!watch.isKnownToCourt) await this.database.query(LATER, [watchId, turn, this.#nextAt()]);
    if (watch.isClosed || !watch.isKnownToCourt) return undefined;
    return watch.filingId === null ? { caseNumber: watch.courtReference } : { filingId: watch.filingId };
  }

  /** Takes over what is new of an answer; what cannot be is a finding, told once. */
  async record(watchId: string, turn: number, answer: CourtAnswer): Promise<void> {
    const [watch] = (await this.database.query<WatchRow & Record<string, unknown>>(WATCH, [watchId, turn])).rows;
    if (!watch) return;
    await this.runner.runInTurn(watch.loanId, { actor: { kind: 'system', id: 'post-loan-monitoring' }, causationId: newId() }, async (tx) => {
      const account = (await lockAccount(tx, watch.loanId))!;
      if (!(await tx.query(LOCK, [watchId, turn])).rowCount) return;
      const now = this.clock.now();
      const finding = answer.kind === 'unclear' ? watch.finding : answer.kind === 'case_unknown' ? 'case_unknown' : null;
      if (finding !== null && finding !== watch.finding) tell(tx, account, watch, finding);
      await tx.query(LOOKED, [watchId, this.#nextAt(), finding, now]);
      if (answer.kind === 'news') for (const item of answer.items) await this.#take(tx, watch, item, now);
    });
  }

  async #take(tx: EventTransaction, watch: WatchRow, item: ReadNews, now: Date): Promise<void> {
    const newsId = 'news' in item ? item.news.newsId : item.unreadable;
    if ((await tx.query(KNOWN, [watch.loanId, newsId])).rowCount) return;
    // The news before may have moved the loan.
    const account = (await lockAccount(tx, watch.loanId))!;
    const finding = 'news' in item ? await takeOverNews(tx, account, watch, item.news, now) : 'news_unreadable';
    const content: Partial<CourtNews> = 'news' in item ? { ...item.news } : {};
    await tx.query(STORE, [watch.loanId, newsId, watch.caseId, JSON.stringify(content), finding, now]);
    if (finding !== null) tell(tx, account, watch, finding);
  }

  #nextAt(): Date {
    return new Date(this.clock.now().getTime() + this.config.courtNewsIntervalMs);
  }
}

function tell(tx: EventTransaction, { applicationId, loanId }: LoanAccount, { caseId: legalCaseId }: WatchedCase, finding: CourtFinding): void {
  tx.emit(new LegalCaseFindingMade({ applicationId, loanId, legalCaseId, finding }));
}
