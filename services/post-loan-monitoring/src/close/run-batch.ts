import type { EventTransaction } from '@millrace/messaging';
import { readFollowed, type StandingLoan } from '../standing/read-standings.js';
import { judgePromises } from '../collection-case/judge-promises.js';
import { rulesOn } from '../standing/rules-on.js';
import { dpdOn, standOn } from '../standing/stand.js';
import { storeStandings, type StoodLoan } from '../standing/store-standings.js';
import type { OpenDay } from './open-day.js';

const TAKE = `
select batch, loan_ids as "loanIds" from close_batch
where tenant_id = $1 and day = $2 and done_at is null order by batch limit 1 for update skip locked`;

/** A loan whose money is being moved is left to the next look at the batch: a repayment never waits for the others of it to be read. */
const LOCK = `select loan_id as "loanId" from loan where loan_id = any($1::uuid[]) order by loan_id for no key update skip locked`;

const DONE = `update close_batch set changed = changed + $4, done_at = $5 where tenant_id = $1 and day = $2 and batch = $3`;
/** The next look reads the loans alone that this one could not have. */
const LEAVE = `update close_batch set changed = changed + $4, loan_ids = $5 where tenant_id = $1 and day = $2 and batch = $3`;

/** What became of one look at a batch. */
export type BatchOutcome =
  /** All of its loans stand as the day leaves them. */
  | { readonly kind: 'done'; readonly loans: number; readonly changed: number }
  /** Some of its loans are being changed by somebody; it is to be looked at again. */
  | { readonly kind: 'again'; readonly loans: number; readonly changed: number }
  /** Every batch is done or in the hands of another. */
  | { readonly kind: 'none' };

function standAtEnd(loan: StandingLoan, { day }: OpenDay): StoodLoan {
  const dpd = dpdOn(loan, day);
  const { known, policyVersion } = loan;
  return { ...loan, dpd, before: known, after: standOn(known, { ...loan, on: day, dpd, rules: rulesOn(policyVersion, day) }) };
}

/** Takes one batch of a day that nobody else has: one transaction, after which its loans stand as the day leaves them. Taken again it changes nothing. */
export async function runBatch(tx: EventTransaction, open: OpenDay, now: Date): Promise<BatchOutcome> {
  const { tenantId, day } = open;
  const { rows } = await tx.query<{ batch: number; loanIds: string[] }>(TAKE, [tenantId, day]);
  const [batch] = rows;
  if (!batch) return { kind: 'none' };
  const { rows: locked } = await tx.query<{ loanId: string }>(LOCK, [batch.loanIds]);
  // Asked after the locks, so that what has been paid meanwhile is seen.
  const loanIds = locked.map(({ loanId }) => loanId);
  const loans = await readFollowed(tx, loanIds, { on: day, through: day, now });
  const stood = loans.filter(({ through }) => through === null || through < day).map((loan) => standAtEnd(loan, open));
  const changed = await storeStandings(tx, stood, { on: day, through: day, cause: 'close', now });
  await judgePromises(tx, loanIds, day, day);
  const taken = new Set(loanIds);
  const left = batch.loanIds.filter((loanId) => !taken.has(loanId));
  const isDone = left.length === 0;
  await tx.query(isDone ? DONE : LEAVE, [tenantId, day, batch.batch, changed, isDone ? now : left]);
  return { kind: isDone ? 'done' : 'again', loans: locked.length, changed };
}
