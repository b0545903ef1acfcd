import type { SandboxFirm } from '@millrace/client';
import { isId } from '@millrace/contracts';
import type { Lender } from './lender.js';

/** What every scenario asserts at its end: whole history, decisions that can be computed again, no person in an event. */
export async function expectSoundStory(lender: Lender, applicationId: string, firm: SandboxFirm): Promise<void> {
  const base = `/v1/loan-applications/${applicationId}`;
  const { body: history } = await lender.call('demo-auditor', 'GET', `${base}/history`);
  expect(history.firstBrokenRow).toBeNull();

  const { body: scores } = await lender.call('demo-auditor', 'GET', `${base}/scores`);
  for (const { scoreId } of scores.items as { scoreId: string }[]) {
    expect(isId(scoreId)).toBe(true);
    const recomputation = await lender.call('demo-auditor', 'GET', `${base}/scores/${scoreId}/recomputation`);
    expect(recomputation.body).toMatchObject({ same: true });
  }

  const events = await lender.eventsOf(applicationId);
  const { name, idNumber, mobile } = firm.legalRepresentative;
  for (const { text } of events) for (const secret of [name, idNumber, mobile, firm.bankAccount.accountNumber]) expect(text).not.toContain(secret);
}

/** The books of a loan balance, entry by entry and in all. */
export async function expectBalancedBooks(lender: Lender, loanId: string): Promise<void> {
  const { body } = await lender.call('demo-auditor', 'GET', `/v1/loans/${loanId}/journal`);
  expect(body.balanced).toBe(true);
  for (const { lines } of body.items as { lines: { debitMinor: string; creditMinor: string }[] }[]) {
    const sum = (side: 'debitMinor' | 'creditMinor'): bigint => lines.reduce((total, line) => total + BigInt(line[side]), 0n);
    expect(sum('debitMinor')).toBe(sum('creditMinor'));
  }
}
