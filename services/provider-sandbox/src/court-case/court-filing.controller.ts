import { notFound } from '@millrace/service';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { RequestId } from '../answer/request-id.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { MatterBook, type MatterView } from '../told-matter/matter-book.js';
import { CourtFilingDto } from './court-case.dto.js';
import { NewsBook } from './news-book.js';

/** A court that takes cases in electronically (网上立案). */
@Controller('v1/court/filings')
@PlaysProvider('court-filings')
export class CourtFilingController {
  constructor(
    private readonly book: MatterBook,
    private readonly news: NewsBook,
  ) {}

  @Put(':filingId')
  async put(@RequestId('filingId') filingId: string, @Body() body: CourtFilingDto): Promise<MatterView> {
    const view = await this.book.enter('court-filings', filingId, body, body.subjectRef);
    if (view.status === 'done') await this.news.docket(filingId, body);
    return view;
  }

  /** 404: the court never saw it, so that it may be sent under this id. */
  @Get(':filingId')
  async get(@RequestId('filingId') filingId: string): Promise<MatterView> {
    const matter = await this.book.find('court-filings', filingId);
    if (!matter) throw notFound('filing');
    return matter;
  }
}
