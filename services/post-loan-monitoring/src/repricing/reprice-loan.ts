import { contentHash, LoanRepriced, newId, type FloatingRateClause } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { primeRateOn } from '@millrace/policy';
import type { LoanAccount } from '../loan/loan-account.js';
import { rateOn } from '../loan/rate-on.js';
import { nextRepricingOn } from '../loan/repricing-day.js';
import { applyTerms } from '../loan-change/apply-terms.js';

const RECORD = `
insert into loan_change (loan_id, change_id, tenant_id, kind, content, content_sha256, state, requested_at, requested_by, decided_at)
values ($1, $2, $3, 'rate_change', $4, $5, 'applied', $6, 'post-loan-monitoring', $6)`;
const NEXT = 'update floating_rate set next_on = $2 where loan_id = $1';

/** Rate that a contract makes of the loan prime rate of a day: with its spread, and neither above its ceiling nor below zero (G-PR-03, M-LN-09). */
export function repricedBps({ spreadBps, ceilingBps }: Pick<FloatingRateClause, 'spreadBps' | 'ceilingBps'>, primeRateBps: number): number {
  return Math.max(0, Math.min(ceilingBps, primeRateBps + spreadBps));
}

/** A rate that was given to the loan in a restructuring is that of an agreement, and follows the market no more; one that was called in or written off keeps its own. */
function floatsNoMore({ changes, acceleratedOn, writtenOffOn }: LoanAccount): boolean {
  return acceleratedOn !== null || writtenOffOn !== null || changes.some(({ kind, rateBps }) => kind === 'restructuring' && rateBps !== null);
}

/**
 * Gives a loan, whose row is locked, the rate of its repricing day; nothing is written of a rate that stays.
 * @returns whether the rate is another
 */
export async function repriceLoan(tx: EventTransaction, account: LoanAccount, on: IsoDate, now: Date): Promise<boolean> {
  const { loanId, tenantId, applicationId, clauses, disbursedOn, maturesOn } = account;
  const clause = clauses?.floatingRate;
  if (!clause || floatsNoMore(account)) {
    await tx.query(NEXT, [loanId, null]);
    return false;
  }
  await tx.query(NEXT, [loanId, nextRepricingOn(clause.repricesOn, disbursedOn, on)]);
  const { rateBps: primeRateBps, publishedOn } = primeRateOn(clause.tenor, on);
  const [rateBpsBefore, rateBps] = [rateOn(account, on), repricedBps(clause, primeRateBps)];
  if (rateBps === rateBpsBefore || maturesOn <= on) return false;
  const changeId = newId();
  const content = { validOn: on, rateBps, rateBpsBefore, primeRateBps, publishedOn };
  await tx.query(RECORD, [loanId, changeId, tenantId, content, contentHash({ kind: 'rate_change', ...content }), now]);
  const after = await applyTerms(tx, account, { changeId, kind: 'rate_change', valueOn: on, dueDates: null, rateBps, months: 0 }, now);
  tx.emit(new LoanRepriced({ applicationId, loanId, changeId, ...content, instalmentMinor: String(after.instalmentMinor) }));
  return true;
}
