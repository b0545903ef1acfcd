import type { IsoDate } from '@millrace/finance';

/** One line of the lender's account. */
export interface StatementLine {
  readonly reference: string;
  readonly on: IsoDate;
  readonly kind: 'paid_out' | 'paid_in' | 'taken_back';
  readonly amountMinor: bigint;
}

/** The lender's account at a bank that exists in this run alone: it knows nothing of loans, so that the books can be held against it. */
export class MadeUpBank {
  readonly #lines: StatementLine[] = [];
  #number = 0;

  /** Money moves on the lender's account; answers the bank's name of it. */
  move(kind: StatementLine['kind'], amountMinor: bigint, on: IsoDate): string {
    const reference = `MB${String((this.#number += 1)).padStart(9, '0')}`;
    this.#lines.push({ reference, on, kind, amountMinor });
    return reference;
  }

  get lines(): readonly StatementLine[] {
    return this.#lines;
  }

  sumOf(kind: StatementLine['kind']): bigint {
    return this.#lines.filter((line) => line.kind === kind).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  }

  /** What is on the account, which began empty. */
  get balanceMinor(): bigint {
    return this.sumOf('paid_in') - this.sumOf('paid_out') - this.sumOf('taken_back');
  }
}
