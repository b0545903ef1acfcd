/**
 * The month that half of the money was made in or above: months are taken from the largest down until they hold half of all that is above
 * zero. Months of a fen, however many, do not move it, as they would move a mean or a median of months. Zero where no month is above zero.
 */
export function usualMonthMinor(nets: Iterable<bigint>): bigint {
  const amounts = [...nets].filter((amount) => amount > 0n).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  let held = 0n;
  for (const amount of amounts) {
    held += amount;
    if (held * 2n >= total) return amount;
  }
  return 0n;
}

/** Least net amount with which a month counts as one with trade: a share of the usual month, and never nothing (F08). */
export function materialMonthMinor(nets: Iterable<bigint>, shareBps: number): bigint {
  const share = (usualMonthMinor(nets) * BigInt(shareBps)) / 10_000n;
  return share > 0n ? share : 1n;
}
