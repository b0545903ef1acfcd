import { createHash } from 'node:crypto';
import { businessDate, type Clock } from '@millrace/contracts';
import { CLOCK, Database } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { v5 } from 'uuid';
import type { CourtFilingDto, CourtNewsQueryDto, MakeCourtNewsDto } from './court-case.dto.js';

/** What the court tells of a case. */
export interface CourtNews {
  readonly newsId: string;
  readonly caseNumber: string;
  readonly kind: string;
  readonly on: string;
  readonly awardedMinor: string | null;
  readonly outcome: string | null;
  readonly documentSha256: string;
}

const INSERT = 'insert into court_news (news_id, filing_id, case_number, content) values ($1, $2, $3, $4) on conflict do nothing';
const READ = `
select news_id as "newsId", case_number as "caseNumber", content from court_news
where case when $1::uuid is not null then filing_id = $1 else case_number = $2 end order by seq limit 500`;
const NUMBER = 'select case_number as "caseNumber" from court_news where filing_id = $1 order by seq limit 1';

/** What a court tells of cases; it outlives a restart. */
@Injectable()
export class NewsBook {
  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes a filing up (立案) under a case number that follows from its id, once. */
  async docket(filingId: string, { documentSha256 }: CourtFilingDto): Promise<void> {
    const on = businessDate(this.clock.now());
    const number = Number.parseInt(createHash('sha256').update(filingId).digest('hex').slice(0, 6), 16);
    await this.#store(v5('docketed', filingId), filingId, `(${on.slice(0, 4)})沙箱民初${number}号`, { kind: 'docketed', on, documentSha256 });
  }

  async make(newsId: string, body: MakeCourtNewsDto): Promise<CourtNews> {
    const { filingId = null, caseNumber, ...content } = body;
    const known = filingId === null ? undefined : (await this.db.query<{ caseNumber: string }>(NUMBER, [filingId])).rows[0]?.caseNumber;
    const number = caseNumber ?? known ?? `(${content.on.slice(0, 4)})沙箱民初1号`;
    await this.#store(newsId, filingId, number, content);
    return { newsId, caseNumber: number, awardedMinor: null, outcome: null, ...content };
  }

  /** News of a case, the oldest first. */
  async read({ filingId = null, caseNumber = null }: { readonly [K in keyof CourtNewsQueryDto]: string | null }): Promise<CourtNews[]> {
    const { rows } = await this.db.query<{ newsId: string; caseNumber: string; content: Partial<CourtNews> }>(READ, [filingId, caseNumber]);
    return rows.map(({ content, ...news }) => ({ ...news, awardedMinor: null, outcome: null, ...content }) as CourtNews);
  }

  async #store(newsId: string, filingId: string | null, caseNumber: string, content: object): Promise<void> {
    await this.db.query(INSERT, [newsId, filingId, caseNumber, JSON.stringify(content)]);
  }
}
