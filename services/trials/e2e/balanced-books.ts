import type { Lender } from './lender.js';

/** The books of a loan balance, entry by entry and in all. */
export async function expectBalancedBooks(lender: Lender, loanId: string): Promise<void> {
  const { body } = await lender.call('demo-auditor', 'GET', `/v1/loans/${loanId}/journal`);
  expect(body.balanced).toBe(true);
  for (const { lines } of body.items as { lines: { debitMinor: string; creditMinor: string }[] }[]) {
    const sum = (side: 'debitMinor' | 'creditMinor'): bigint => lines.reduce((total, line) => total + BigInt(line[side]), 0n);
    expect(sum('debitMinor')).toBe(sum('creditMinor'));
  }
}
