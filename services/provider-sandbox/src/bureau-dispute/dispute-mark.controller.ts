import { notFound } from '@millrace/service';
import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { RequestId } from '../answer/request-id.js';
import { unknownFiling } from '../bureau-filing/filing.controller.js';
import { FiledReportsDto } from '../bureau-filing/filing.dto.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { MatterBook, type MatterView, type ToldMatter } from '../told-matter/matter-book.js';
import { DisputeMarkDto } from './dispute-mark.dto.js';

/** The credit bureau where lenders have reports marked as disputed (异议标注). */
@Controller('v1/bureau/dispute-marks')
@PlaysProvider('dispute-marks')
export class DisputeMarkController {
  constructor(private readonly book: MatterBook) {}

  @Put(':markId')
  async put(@RequestId('markId') markId: string, @Body() body: DisputeMarkDto): Promise<MatterView> {
    if (!(await this.book.find('filings', body.filingId.toLowerCase()))) throw unknownFiling();
    return this.book.enter('dispute-marks', markId, body, body.subjectRef);
  }

  /** 404: the bureau never saw it, so that it may be sent under this id. */
  @Get(':markId')
  async get(@RequestId('markId') markId: string): Promise<MatterView> {
    const matter = await this.book.find('dispute-marks', markId);
    if (!matter) throw notFound('mark');
    return matter;
  }
}

/** Which marks were asked for: control of the sandbox, and no part of the contract. */
@Controller('sandbox/dispute-marks')
export class AskedMarkController {
  constructor(private readonly book: MatterBook) {}

  @Get()
  async list(@Query() { loanId }: FiledReportsDto): Promise<{ items: ToldMatter[] }> {
    return { items: await this.book.list('dispute-marks', loanId.toLowerCase()) };
  }
}
