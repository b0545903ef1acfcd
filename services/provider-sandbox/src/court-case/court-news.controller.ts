import { notFound } from '@millrace/service';
import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { RequestId } from '../answer/request-id.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { MatterBook } from '../told-matter/matter-book.js';
import { CourtNewsQueryDto, MakeCourtNewsDto } from './court-case.dto.js';
import { NewsBook, type CourtNews } from './news-book.js';

/** What a court tells of a case: taken up, heard, judged, enforced, closed. */
@Controller('v1/court/news')
@PlaysProvider('court-news')
export class CourtNewsController {
  constructor(
    private readonly book: MatterBook,
    private readonly news: NewsBook,
  ) {}

  /** 404: the court knows no such case. */
  @Get()
  async read(@Query() { filingId, caseNumber }: CourtNewsQueryDto): Promise<{ items: CourtNews[] }> {
    const items = await this.news.read({ filingId: filingId?.toLowerCase() ?? null, caseNumber: caseNumber ?? null });
    if (items.length === 0 && !(filingId && (await this.book.find('court-filings', filingId.toLowerCase())))) throw notFound('case');
    return { items };
  }
}

/** Something happens to a case: control of the sandbox, and no part of the contract. */
@Controller('sandbox/court-news')
export class CourtNewsControlController {
  constructor(private readonly news: NewsBook) {}

  @Put(':newsId')
  put(@RequestId('newsId') newsId: string, @Body() body: MakeCourtNewsDto): Promise<CourtNews> {
    return this.news.make(newsId, body);
  }
}
