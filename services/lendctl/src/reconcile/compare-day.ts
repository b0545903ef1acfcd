import type { BankDay, BankLine } from '@millrace/disbursement/read-bank-day';
import type { BookMovement } from '@millrace/post-loan-monitoring/read-book-day';

/** Something in which the bank and the books do not agree, by name. */
export interface Difference {
  /** Who has it, and the other has not, or has otherwise. */
  readonly side: 'statement' | 'bank-answer' | 'books';
  readonly code:
    'NOT_IN_BOOKS' | 'NOT_ON_STATEMENT' | 'ON_ANOTHER_DAY' | 'AMOUNT_DIFFERS' | 'RETURN_WAITS' | 'DEBIT_UNKNOWN' | 'CASH_DIFFERS' | 'NOT_CONFIRMED';
  /** The bank's name of the transfer; our id where the bank has none. */
  readonly reference: string;
  /** Fen, by the side that has it. */
  readonly amountMinor: string;
  /** One sentence for people. */
  readonly why: string;
}

/** What of a day agrees, and what does not. */
export interface DayAgreement {
  readonly lines: number;
  readonly creditMinor: string;
  readonly debitMinor: string;
  /** Payouts that name no account of the lender and are on no statement therefore. */
  readonly notShown: number;
  /** Money of the day that waits in suspense. */
  readonly suspenseMinor: string;
  readonly differences: readonly Difference[];
}

/** Movements of the books that no line has taken yet. */
class Unmatched {
  readonly #left: BookMovement[];

  constructor(movements: readonly BookMovement[]) {
    this.#left = [...movements];
  }

  take(is: (movement: BookMovement) => boolean): BookMovement | undefined {
    const at = this.#left.findIndex(is);
    return at < 0 ? undefined : this.#left.splice(at, 1)[0];
  }

  get left(): readonly BookMovement[] {
    return this.#left;
  }
}

function amounts(line: BankLine, booked: BookMovement, what: string): Difference[] {
  const { bankReference: reference, amountMinor } = line;
  if (booked.amountMinor !== amountMinor)
    return [{ side: 'statement', code: 'AMOUNT_DIFFERS', reference, amountMinor, why: `${what} has ${booked.amountMinor} fen in the books` }];
  if (booked.cashMinor !== amountMinor)
    return [{ side: 'statement', code: 'CASH_DIFFERS', reference, amountMinor, why: `${what} has moved ${booked.cashMinor} fen of cash in the journal` }];
  return [];
}

/** A debit is a payout, money that was sent back to its payer, or money that the bank took back. */
function debitDifferences(line: BankLine, books: Unmatched): Difference[] {
  const { bankReference: reference, amountMinor, payoutId, payoutMinor } = line;
  const here = { side: 'statement', reference, amountMinor } as const;
  if (payoutId === null) {
    const known =
      books.take(({ kind, bankReference }) => kind === 'sent-back' && bankReference === reference) ??
      books.take((movement) => movement.kind === 'taken-back' && movement.amountMinor === amountMinor);
    return known
      ? amounts(line, known, 'money that went back')
      : [{ ...here, code: 'DEBIT_UNKNOWN', why: 'no payout and no money that went back has this reference' }];
  }
  const booked = books.take(({ kind, id }) => kind === 'loan-booked' && id === payoutId);
  if (payoutMinor !== amountMinor) return [{ ...here, code: 'AMOUNT_DIFFERS', why: `payout ${payoutId} was ordered for ${payoutMinor} fen` }];
  return booked
    ? amounts(line, booked, `the loan of payout ${payoutId}`)
    : [{ ...here, code: 'NOT_IN_BOOKS', why: `no loan is booked on the day for payout ${payoutId}` }];
}

function creditDifferences(line: BankLine, books: Unmatched): Difference[] {
  const { bankReference: reference, amountMinor, lineId, returnState, payoutId } = line;
  const here = { side: 'statement', reference, amountMinor } as const;
  const booked = books.take(({ kind, id }) => kind === 'line' && id === lineId);
  if (returnState === 'waiting')
    return [{ ...here, code: 'RETURN_WAITS', why: `payout ${payoutId} comes back, and the bank or two persons have not said when it was paid` }];
  return booked ? amounts(line, booked, `line ${lineId}`) : [{ ...here, code: 'NOT_IN_BOOKS', why: `the books do not know line ${lineId}` }];
}

/** What the bank has answered, and its statement does not show as it was answered. */
function answerDifferences({ movements }: BankDay, day: string): Difference[] {
  return movements.flatMap(({ kind, id, amountMinor, bankReference, isShown, lineOn, lineMinor }): Difference[] => {
    if (!isShown) return [];
    const here = { side: 'bank-answer', reference: bankReference ?? id, amountMinor } as const;
    if (lineOn === null) return [{ ...here, code: 'NOT_ON_STATEMENT', why: `the bank says that ${kind} ${id} is done, and shows no line of it` }];
    if (lineMinor !== amountMinor) return [{ ...here, code: 'AMOUNT_DIFFERS', why: `the line of ${kind} ${id} has ${lineMinor} fen` }];
    return lineOn === day ? [] : [{ ...here, code: 'ON_ANOTHER_DAY', why: `the line of ${kind} ${id} counts from ${lineOn}` }];
  });
}

const UNMATCHED: Readonly<Record<BookMovement['kind'], string>> = {
  'loan-booked': 'a loan is booked as paid out',
  line: 'the books have a line',
  'sent-back': 'money in suspense was sent back',
  'taken-back': 'the bank is said to have taken back the money of a repayment',
  told: 'a repayment is booked on somebody’s word',
};

/** Holds one business day of a lender's account against the books, to the fen, and names every difference once (R-DB-08). */
export function compareDay(bank: BankDay, books: readonly BookMovement[], day: string): DayAgreement {
  const unmatched = new Unmatched(books);
  const ofLines = bank.lines.flatMap((line) => (line.direction === 'debit' ? debitDifferences(line, unmatched) : creditDifferences(line, unmatched)));
  const ofAnswers = answerDifferences(bank, day);
  // What the bank's answer names already, and what no statement shows, is not named a second time from the books.
  const answered = new Set(bank.movements.map(({ id }) => id));
  const ofBooks = unmatched.left
    .filter(({ kind, id }) => !(kind === 'loan-booked' && answered.has(id)))
    .map(({ kind, id, amountMinor, bankReference }): Difference => {
      const code = kind === 'told' ? 'NOT_CONFIRMED' : 'NOT_ON_STATEMENT';
      return {
        side: 'books',
        code,
        reference: bankReference ?? id,
        amountMinor,
        why: `${UNMATCHED[kind]} (${id}), and the statement of the day does not show it`,
      };
    });
  const sum = (direction: string): string =>
    String(bank.lines.filter((line) => line.direction === direction).reduce((total, line) => total + BigInt(line.amountMinor), 0n));
  const kept = books.filter(({ outcome }) => outcome === 'SUSPENSE').reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
  return {
    lines: bank.lines.length,
    creditMinor: sum('credit'),
    debitMinor: sum('debit'),
    notShown: bank.movements.filter(({ isShown }) => !isShown).length,
    suspenseMinor: String(kept),
    differences: [...ofLines, ...ofAnswers, ...ofBooks],
  };
}
