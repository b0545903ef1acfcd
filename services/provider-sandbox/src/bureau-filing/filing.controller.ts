import { notFound, Problem } from '@millrace/service';
import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { RequestId } from '../answer/request-id.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { MatterBook, type MatterView, type ToldMatter } from '../told-matter/matter-book.js';
import { FiledReportsDto, FilingDto } from './filing.dto.js';

/** The credit bureau where lenders report to it (征信报送). */
@Controller('v1/bureau/filings')
@PlaysProvider('filings')
export class FilingController {
  constructor(private readonly book: MatterBook) {}

  @Put(':filingId')
  async put(@RequestId('filingId') filingId: string, @Body() body: FilingDto): Promise<MatterView> {
    if (body.corrects !== undefined && !(await this.book.find('filings', body.corrects.toLowerCase()))) throw unknownFiling();
    return this.book.enter('filings', filingId, body, body.subjectRef);
  }

  /** 404: the bureau never saw it, so that it may be sent under this id. */
  @Get(':filingId')
  async get(@RequestId('filingId') filingId: string): Promise<MatterView> {
    const matter = await this.book.find('filings', filingId);
    if (!matter) throw notFound('filing');
    return matter;
  }
}

/** The bureau has no such report, so that nothing can be done about it. */
export const unknownFiling = (): Problem =>
  new Problem({ status: 422, code: 'FILING_UNKNOWN', title: 'The bureau was never told this report.', detail: 'Nothing was done.' });

/** What was reported: control of the sandbox, and no part of the contract. */
@Controller('sandbox/filings')
export class FiledReportController {
  constructor(private readonly book: MatterBook) {}

  @Get()
  async list(@Query() { loanId }: FiledReportsDto): Promise<{ items: ToldMatter[] }> {
    return { items: await this.book.list('filings', loanId.toLowerCase()) };
  }
}
