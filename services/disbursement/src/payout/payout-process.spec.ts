import { BANK_OUTCOMES, signalOf } from '../bank/bank-outcomes.js';
import { movePayout, PAYOUT_PROCESS, PAYOUT_SIGNALS, PAYOUT_STATUSES, type PayoutSignal, type PayoutStatus } from './payout-process.js';

// Goal: every status × every signal has one known answer (R-DB-08, S13). Method: the whole table, written a second time by hand.
const NO_HOLDER = { returned: 'impossible', holder_confirmed: 'impossible', holder_refused: 'impossible', holder_unclear: 'impossible' };
const EXPECTED: Record<PayoutStatus, Record<PayoutSignal, string>> = {
  RESERVED: {
    work: 'RESERVED verify',
    paid: 'impossible',
    refused: 'impossible',
    unclear: 'impossible',
    never_seen: 'impossible',
    holder_confirmed: 'INSTRUCTED send',
    holder_refused: 'FAILED announce_failed',
    holder_unclear: 'RESERVED none',
    returned: 'impossible',
  },
  INSTRUCTED: {
    work: 'INSTRUCTED ask',
    paid: 'PAID announce_paid',
    refused: 'FAILED announce_failed',
    unclear: 'UNKNOWN announce_unknown',
    never_seen: 'INSTRUCTED send',
    ...NO_HOLDER,
  },
  UNKNOWN: {
    work: 'UNKNOWN ask',
    paid: 'PAID announce_paid',
    refused: 'FAILED announce_failed',
    unclear: 'UNKNOWN announce_unknown',
    never_seen: 'INSTRUCTED send',
    ...NO_HOLDER,
  },
  PAID: {
    work: 'PAID none',
    paid: 'PAID none',
    refused: 'PAID alarm',
    unclear: 'PAID none',
    never_seen: 'PAID alarm',
    ...NO_HOLDER,
    returned: 'RETURNED announce_returned',
  },
  FAILED: { work: 'FAILED none', paid: 'FAILED alarm', refused: 'FAILED none', unclear: 'FAILED none', never_seen: 'FAILED none', ...NO_HOLDER },
  RETURNED: {
    work: 'RETURNED none',
    paid: 'RETURNED none',
    refused: 'RETURNED none',
    unclear: 'RETURNED none',
    never_seen: 'RETURNED alarm',
    ...NO_HOLDER,
  },
};

describe.each(PAYOUT_STATUSES)('a payout in %s', (status) => {
  test.each(PAYOUT_SIGNALS)('gets %s', (signal) => {
    const expected = EXPECTED[status][signal];
    if (expected === 'impossible') expect(() => movePayout(status, signal)).toThrow(`a payout in ${status} cannot get "${signal}"`);
    else expect(Object.values(movePayout(status, signal)).join(' ')).toBe(expected);
  });
});

test('SEC-9: no row sends before the bank has confirmed the holder', () => {
  expect(PAYOUT_SIGNALS.filter((signal) => PAYOUT_PROCESS.RESERVED[signal]?.action === 'send')).toEqual(['holder_confirmed']);
});

test('M-DR-02: once the bank may know a payout, no worker sends before the bank said that it never saw it', () => {
  const sends = PAYOUT_STATUSES.flatMap((status) =>
    PAYOUT_SIGNALS.filter((signal) => PAYOUT_PROCESS[status][signal]?.action === 'send').map((signal) => `${status} ${signal}`),
  );
  expect(sends).toEqual(['RESERVED holder_confirmed', 'INSTRUCTED never_seen', 'UNKNOWN never_seen']);
});

test('a final status is never left, and every open one can reach both', () => {
  for (const status of ['PAID', 'FAILED', 'RETURNED'] as const)
    expect(['work' as const, ...BANK_OUTCOMES].map((signal) => movePayout(status, signal).next)).toEqual(Array(5).fill(status));
  for (const status of ['INSTRUCTED', 'UNKNOWN'] as const)
    expect(BANK_OUTCOMES.map((outcome) => movePayout(status, outcome).next)).toEqual(['PAID', 'FAILED', 'UNKNOWN', 'INSTRUCTED']);
});

test('M-DR-02: a bank that denies a payout which it has owned up to is asked again, never sent to again', () => {
  expect(signalOf('never_seen', true)).toEqual({ signal: 'unclear', contradicts: true });
  expect(signalOf('never_seen', false)).toEqual({ signal: 'never_seen', contradicts: false });
  for (const outcome of ['paid', 'refused', 'unclear'] as const) expect(signalOf(outcome, true)).toEqual({ signal: outcome, contradicts: false });
});
