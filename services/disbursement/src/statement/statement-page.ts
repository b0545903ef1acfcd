import { CURRENCY, isCalendarDay, isInstant, isRecord, readInstant } from '@millrace/contracts';

/** A line as the bank shows it (docs/provider-contract.md, Statement). */
export interface ShownLine {
  /** The bank's own name of the line. */
  readonly bankLineId: string;
  readonly direction: 'credit' | 'debit';
  readonly amountMinor: string;
  readonly currency: string;
  readonly valueOn: string;
  readonly bookedAt: Date;
  readonly bankReference: string;
  readonly partyName: string;
  readonly partyAccount: string;
  readonly remittance: string;
  /** The transfer of the lender's that comes back with it, by the bank's reference; null for every other line. */
  readonly returnOf: string | null;
}

/** One page of a day. */
export interface StatementPage {
  readonly lines: readonly ShownLine[];
  readonly nextCursor: string;
  readonly more: boolean;
}

/** Most lines that one page may have. */
export const MAX_PAGE_LINES = 500;
const MAX_TEXT = 500;
const NAME = /^[\x21-\x7e]{1,100}$/;
const AMOUNT = /^[1-9]\d{0,17}$/;

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT;
const holds = (value: unknown, form: RegExp): value is string => typeof value === 'string' && form.test(value);

function readLine(raw: unknown): ShownLine | undefined {
  if (!isRecord(raw)) return undefined;
  const {
    lineId,
    direction,
    amountMinor,
    currency,
    valueOn,
    bookedAt,
    bankReference,
    counterpartyName,
    counterpartyAccount,
    remittance,
    returnOf = null,
  } = raw;
  if (!holds(lineId, NAME) || !holds(bankReference, NAME) || !holds(amountMinor, AMOUNT)) return undefined;
  if ((direction !== 'credit' && direction !== 'debit') || currency !== CURRENCY) return undefined;
  if (typeof valueOn !== 'string' || !isCalendarDay(valueOn) || typeof bookedAt !== 'string' || !isInstant(bookedAt)) return undefined;
  if (!isText(counterpartyName) || !isText(counterpartyAccount) || !isText(remittance)) return undefined;
  if (returnOf !== null && (direction !== 'credit' || !holds(returnOf, NAME))) return undefined;
  const booked = readInstant(bookedAt);
  if (!booked) return undefined;
  // A bank that cuts a text may cut a character in half, which no encoding can keep.
  const [partyName, partyAccount, text] = [counterpartyName, counterpartyAccount, remittance].map((shown) => Buffer.from(shown).toString()) as [
    string,
    string,
    string,
  ];
  const texts = { partyName, partyAccount, remittance: text, returnOf };
  return { bankLineId: lineId, direction, amountMinor, currency, valueOn, bookedAt: booked, bankReference, ...texts };
}

/**
 * Reads one page. One line that breaks the contract makes the whole page unusable: nothing of it is stored and the cursor stays, so that nothing is passed
 * over before a person has looked.
 */
export function readPage(asked: { readonly account: string; readonly day: string; readonly cursor: string | null }, raw: unknown): StatementPage | undefined {
  if (!isRecord(raw) || raw['account'] !== asked.account || raw['day'] !== asked.day) return undefined;
  const { lines: shown, nextCursor, more } = raw;
  if (!Array.isArray(shown) || shown.length > MAX_PAGE_LINES || !holds(nextCursor, NAME) || typeof more !== 'boolean') return undefined;
  const lines = shown.map(readLine);
  if (lines.some((line) => line === undefined)) return undefined;
  // A cursor that stays where it is would be asked for without an end.
  if (more && nextCursor === asked.cursor) return undefined;
  return { lines: lines as ShownLine[], nextCursor, more };
}
