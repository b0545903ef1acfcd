import { Controller, Get } from '@nestjs/common';
import { AnswerOnce, type AnswerKind } from '../answer/answer-once.js';
import { PayoutBook, type PayeeTotal } from '../bank/payout-book.js';
import type { Provider } from '../fault/fault.dto.js';
import { Faults } from '../fault/faults.js';

interface Counters {
  readonly calls: Record<Provider, number>;
  readonly queries: Record<AnswerKind, number>;
  readonly debits: Record<string, number>;
  readonly payees: PayeeTotal[];
}

/** What the parties were asked and did, for tests that nothing happened twice. */
@Controller('sandbox/counters')
export class CounterController {
  constructor(
    private readonly faults: Faults,
    private readonly answers: AnswerOnce,
    private readonly book: PayoutBook,
  ) {}

  @Get()
  async show(): Promise<Counters> {
    const [queries, debits, payees] = await Promise.all([this.answers.counts(), this.book.debits(), this.book.payees()]);
    return { calls: this.faults.calls(), queries, debits, payees };
  }
}
