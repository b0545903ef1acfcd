import type { JobHandler } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { StatementClient } from './statement-client.js';
import { StatementDays } from './statement-days.js';
import { StoreLines } from './store-lines.js';

/** Job that reads an account's statement of some days. */
export const PULL_STATEMENT = 'pull_statement';

/** Pages of one day in one go: a cursor that leads in a circle ends here, and is taken up again later. */
const MOST_PAGES = 1_000;

/**
 * Reads days of a statement page by page. Each page is stored with the place that it leads to in one transaction, and no call is made inside it (M-EV-02);
 * a crash, a bank that is away or a page that comes again repeats a question, and what is stored already is known by the bank's id of the line.
 */
@Injectable()
export class PullStatement implements JobHandler {
  constructor(
    @Inject(StatementClient) private readonly client: StatementClient,
    @Inject(StatementDays) private readonly days: StatementDays,
    @Inject(StoreLines) private readonly lines: StoreLines,
  ) {}

  async run({ tenantId, account, days }: { tenantId?: unknown; account?: unknown; days?: unknown }): Promise<void> {
    if (typeof tenantId !== 'string' || typeof account !== 'string' || !Array.isArray(days)) throw new Error('the job names no account and days');
    for (const day of days as string[]) await this.#readDay(tenantId, account, day);
  }

  async #readDay(tenantId: string, account: string, day: string): Promise<void> {
    let place = await this.days.begin(tenantId, account, day);
    for (let pages = 0; place && pages < MOST_PAGES; pages++) {
      const answer = await this.client.page(place);
      if ('failure' in answer) return this.days.fail(place, answer.failure);
      const { nextCursor, more } = answer.page;
      if (!(await this.lines.store(place, answer.page))) return;
      if (!more) return this.days.end(place);
      place = { ...place, cursor: nextCursor };
    }
  }
}
