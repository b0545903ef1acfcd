import { SHOW_JOURNAL } from '@millrace/contracts/api';
import type { Lender } from './lender.js';

/** The books of a loan balance, entry by entry and in all. */
export async function expectBalancedBooks(lender: Lender, loanId: string): Promise<void> {
  const { items, balanced } = await lender.ask('demo-auditor', SHOW_JOURNAL, { loanId });
  expect(balanced).toBe(true);
  for (const { lines } of items) {
    const sum = (side: 'debitMinor' | 'creditMinor'): bigint => lines.reduce((total, line) => total + BigInt(line[side]), 0n);
    expect(sum('debitMinor')).toBe(sum('creditMinor'));
  }
}
