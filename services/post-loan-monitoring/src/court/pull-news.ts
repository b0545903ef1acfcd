import type { JobHandler } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { CourtClient } from './court-client.js';
import { RecordNews } from './record-news.js';

/** Asks the court for the news of one case, and takes over what is new. It may be killed at any point: what is known is passed over the next time. */
@Injectable()
export class PullNews implements JobHandler {
  constructor(
    @Inject(RecordNews) private readonly records: RecordNews,
    @Inject(CourtClient) private readonly court: CourtClient,
  ) {}

  async run({ watchId, turn }: { watchId?: unknown; turn?: unknown }): Promise<void> {
    if (typeof watchId !== 'string' || typeof turn !== 'number') throw new Error('the job names no watch and turn');
    const name = await this.records.nameOf(watchId, turn);
    if (name) await this.records.record(watchId, turn, await this.court.news(name));
  }
}
