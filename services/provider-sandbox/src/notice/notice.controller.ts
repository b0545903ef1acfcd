import { createHash } from 'node:crypto';
import { notFound, Problem } from '@millrace/service';
import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { RequestId } from '../answer/request-id.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { MatterBook, type MatterView, type ToldMatter } from '../told-matter/matter-book.js';
import { NoticeDto, SentNoticesDto } from './notice.dto.js';

/** The gateway that delivers messages and letters (通知). */
@Controller('v1/notices')
@PlaysProvider('notices')
export class NoticeController {
  constructor(private readonly book: MatterBook) {}

  @Put(':noticeId')
  put(@RequestId('noticeId') noticeId: string, @Body() body: NoticeDto): Promise<MatterView> {
    if (createHash('sha256').update(body.text, 'utf8').digest('hex') !== body.textSha256) throw TEXT_CHANGED;
    return this.book.enter('notices', noticeId, body, body.addresseeRef);
  }

  /** 404: the gateway never saw it, so that it may be sent under this id. */
  @Get(':noticeId')
  async get(@RequestId('noticeId') noticeId: string): Promise<MatterView> {
    const matter = await this.book.find('notices', noticeId);
    if (!matter) throw notFound('notice');
    return matter;
  }
}

const TEXT_CHANGED = new Problem({ status: 422, code: 'TEXT_CHANGED', title: 'The text is not that of the hash.', detail: 'Nothing was sent.' });

/** What was sent: control of the sandbox, and no part of the contract. */
@Controller('sandbox/notices')
export class SentNoticeController {
  constructor(private readonly book: MatterBook) {}

  @Get()
  async list(@Query() { loanId }: SentNoticesDto): Promise<{ items: ToldMatter[] }> {
    return { items: await this.book.list('notices', loanId.toLowerCase()) };
  }
}
