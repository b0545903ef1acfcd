import { FIRST_PAYMENTS, PORTFOLIO, ROLL_RATES, VINTAGE, type AnswerOf } from '@millrace/contracts/api';
import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import { staffOf, type BookService } from './book-service.js';
import { BOOK_BEGINS } from './book-run.js';

/** Everything that the service reports of a book. */
export interface BookReports {
  /** The book at the end of each month, counted from its first day. */
  readonly months: readonly AnswerOf<typeof PORTFOLIO>[];
  readonly vintage: AnswerOf<typeof VINTAGE>;
  readonly rollRates: AnswerOf<typeof ROLL_RATES>;
  readonly firstPayments: AnswerOf<typeof FIRST_PAYMENTS>;
}

const OFFICER = staffOf('olga', 'risk_officer');

/** Asks the service for its reports, as the lender's staff does. */
export async function readBook(service: BookService, months: number): Promise<BookReports> {
  const monthEnd = (month: number): IsoDate => addDays(addMonths(BOOK_BEGINS, month), -1);
  const portfolios: AnswerOf<typeof PORTFOLIO>[] = [];
  for (let month = 1; month <= months; month += 1) portfolios.push(await service.ask(PORTFOLIO, 'GET', `/reports/portfolio?date=${monthEnd(month)}`, OFFICER));
  const query = `?months=${months + 1}`;
  return {
    months: portfolios,
    vintage: await service.ask(VINTAGE, 'GET', `/reports/vintage${query}`, OFFICER),
    rollRates: await service.ask(ROLL_RATES, 'GET', `/reports/roll-rates${query}`, OFFICER),
    firstPayments: await service.ask(FIRST_PAYMENTS, 'GET', `/reports/first-payment-default${query}`, OFFICER),
  };
}
