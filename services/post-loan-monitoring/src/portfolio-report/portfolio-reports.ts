import type { FirstPaymentAnswer, PortfolioAnswer, RollRatesAnswer, VintageAnswer } from '@millrace/contracts/api';
import { addMonths, type IsoDate } from '@millrace/finance';
import { policyInForce, policyOf } from '@millrace/policy';
import { Database, Problem } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { firstPaymentRows } from './first-payment-rows.js';
import { portfolioRows } from './portfolio-rows.js';
import {
  findDay,
  readBuckets,
  readCells,
  readCohortBalances,
  readCohorts,
  readFirstPayments,
  readMonthEnds,
  readProvisions,
  type ReportedDay,
} from './read-reports.js';
import { rollRateRows } from './roll-rates.js';
import { vintageRows } from './vintage.js';

const USUAL_MONTHS = 24;

/** First day of the month that lies so many months back, the month of the day among them. */
const firstDay = (day: IsoDate, months: number): IsoDate => `${addMonths(day, 1 - months).slice(0, 7)}-01`;

/** Reports of a tenant's book, each as of a day that is closed (the newest where none is named). Throws `REPORT_NOT_THERE`. */
@Injectable()
export class PortfolioReports {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Balances by class, bucket, product and industry, with the ratios of the book. */
  async portfolio(tenantId: string, date?: IsoDate): Promise<PortfolioAnswer> {
    const { day, policyVersion } = await this.#day(tenantId, date);
    const [cells, booked] = await Promise.all([readCells(this.database, tenantId, day), readProvisions(this.database, tenantId, day)]);
    return {
      day,
      policyVersion,
      items: policyVersion === null ? [] : portfolioRows(cells, policyInForce(policyOf(policyVersion).lenderType, day).provision, booked),
    };
  }

  /** What of each month's loans is late, by months on book. */
  async vintage(tenantId: string, date?: IsoDate, months = USUAL_MONTHS): Promise<VintageAnswer> {
    const { day } = await this.#day(tenantId, date);
    const from = firstDay(day, months);
    const days = await readMonthEnds(this.database, tenantId, day, from);
    const [cohorts, balances] = await Promise.all([readCohorts(this.database, tenantId, from, day), readCohortBalances(this.database, tenantId, days, from)]);
    return { day, items: vintageRows(cohorts, days, balances) };
  }

  /** How balances go from bucket to bucket, month by month. */
  async rollRates(tenantId: string, date?: IsoDate, months = USUAL_MONTHS): Promise<RollRatesAnswer> {
    const { day } = await this.#day(tenantId, date);
    // The first month is held against the one before it.
    const days = await readMonthEnds(this.database, tenantId, day, firstDay(day, months + 1));
    return { day, items: rollRateRows(await readBuckets(this.database, tenantId, days)) };
  }

  /** First payments that had not come 1, 7 and 30 days after their due date. */
  async firstPayments(tenantId: string, date?: IsoDate, months = USUAL_MONTHS): Promise<FirstPaymentAnswer> {
    const { day } = await this.#day(tenantId, date);
    return { day, items: firstPaymentRows(await readFirstPayments(this.database, tenantId, day, firstDay(day, months))) };
  }

  async #day(tenantId: string, date: IsoDate | undefined): Promise<ReportedDay> {
    const day = await findDay(this.database, tenantId, date);
    if (day) return day;
    throw new Problem({
      status: 404,
      code: 'REPORT_NOT_THERE',
      title: 'There is no report of this day.',
      detail: 'A report is written when its day is closed. Leave the date out for the newest one.',
    });
  }
}
