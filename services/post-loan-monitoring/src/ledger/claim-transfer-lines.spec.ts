import { claimTransferLines, gainOf, type SoldClaim } from './claim-transfer-lines.js';

const LATE: SoldClaim = {
  priceMinor: 40n,
  principalMinor: 100n,
  receivableMinor: 5n,
  memoMinor: 0n,
  allowanceMinor: 55n,
  isWrittenOff: false,
};

/** Debits less credits by account. */
const netOf = (claim: SoldClaim): Record<string, bigint> =>
  Object.fromEntries(
    [...Map.groupBy(claimTransferLines(claim), ({ account }) => account)].map(([account, lines]) => [
      account,
      lines.reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0n),
    ]),
  );

test('R-PL-06: a claim leaves the books with its interest, against price and allowance, and the rest is a loss', () => {
  expect(netOf(LATE)).toEqual({ '1221': 40n, '1304': 55n, '1303': -100n, '1132': -5n, '6111': 10n });
  expect(gainOf(LATE)).toBe(-10n);
  expect(gainOf({ ...LATE, priceMinor: 60n })).toBe(10n);
});

test('interest that is kept beside the books is no part of what the sale has lost', () => {
  expect(netOf({ ...LATE, receivableMinor: 0n, memoMinor: 7n })).toEqual({ '1221': 40n, '1304': 55n, '1303': -100n, '6111': 5n, '9001': -7n, '9999': 7n });
});

test('the price of a claim that was written off is a recovery up to its principal, and a gain beyond it', () => {
  const lost = { ...LATE, receivableMinor: 0n, memoMinor: 7n, allowanceMinor: 0n, isWrittenOff: true };
  expect(netOf(lost)).toEqual({ '1221': 40n, '1304': -40n, '9001': -7n, '9002': -100n, '9999': 107n });
  expect(netOf({ ...lost, priceMinor: 103n })).toMatchObject({ '1304': -100n, '6111': -3n });
});

test.each([LATE, { ...LATE, priceMinor: 50n }, { ...LATE, isWrittenOff: true, receivableMinor: 0n, allowanceMinor: 0n }])(
  'it balances, beside the books too',
  (claim) => {
    const lines = claimTransferLines(claim);
    for (const isMemo of [true, false]) {
      const own = lines.filter(({ account }) => account.startsWith('9') === isMemo);
      expect(own.reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0n)).toBe(0n);
    }
  },
);
