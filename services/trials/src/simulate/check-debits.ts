import type { Finding } from '@millrace/lendctl/invariant';
import { request } from 'undici';

/** What an account must have been paid; null: nothing. */
export interface ExpectedDebit {
  readonly subject: string;
  readonly account: string;
  readonly amountMinor: string | null;
}

interface Counters {
  readonly debits: Readonly<Record<string, number>>;
  readonly payees: readonly { readonly payeeAccount: string; readonly debits: number; readonly totalMinor: string }[];
}

/** Holds the bank's own counters against what the lender must have paid. */
export async function debitFindings(sandboxUrl: string, expected: readonly ExpectedDebit[]): Promise<Finding[]> {
  const answer = await request(new URL('/sandbox/counters', sandboxUrl));
  const { debits, payees } = (await answer.body.json()) as Counters;
  const finding = (subject: string, what: string): Finding => ({ service: 'disbursement', subject, what });
  const findings = Object.entries(debits).flatMap(([payoutId, times]) => (times === 1 ? [] : [finding(payoutId, `was debited ${times} times`)]));
  const paid = new Map(payees.map((payee) => [payee.payeeAccount, payee]));
  for (const { subject, account, amountMinor } of expected) {
    const { debits: times, totalMinor } = paid.get(account) ?? { debits: 0, totalMinor: '0' };
    if (times !== (amountMinor === null ? 0 : 1)) findings.push(finding(subject, `was paid ${times} times by the bank's own count`));
    else if (totalMinor !== (amountMinor ?? '0')) findings.push(finding(subject, `was paid ${totalMinor} fen, approved were ${amountMinor}`));
  }
  return findings;
}
