import type { EventTransaction } from '@millrace/messaging';
import { readFollowed, type StandingLoan } from '../standing/read-standings.js';
import { judgePromises } from '../collection-case/judge-promises.js';
import { rulesOn } from '../standing/rules-on.js';
import { dpdOn, standOn } from '../standing/stand.js';
import { storeStandings, type StoodLoan } from '../standing/store-standings.js';
import { CANDIDATES, candidateValues } from './candidates.js';
import type { OpenDay } from './open-day.js';

const TAKE = `
select batch, from_loan as "fromLoan", through_loan as "throughLoan" from close_batch
where tenant_id = $1 and day = $2 and done_at is null order by batch limit 1 for update skip locked`;

const IN_BATCH = `select loan_id from (${CANDIDATES}) c where loan_id between $8::uuid and $9::uuid`;

/** A loan whose money is being moved is left to the next look at the batch: a repayment never waits for the others of it to be read. */
const LOCK = `select loan_id as "loanId" from loan where loan_id in (${IN_BATCH}) order by loan_id for no key update skip locked`;
const COUNT = `select count(*)::int as count from (${IN_BATCH}) left_of_batch`;

const DONE = `update close_batch set changed = changed + $4, done_at = $5 where tenant_id = $1 and day = $2 and batch = $3`;

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
  const { tenantId, day, scope } = open;
  const { rows } = await tx.query<{ batch: number; fromLoan: string; throughLoan: string }>(TAKE, [tenantId, day]);
  const [batch] = rows;
  if (!batch) return { kind: 'none' };
  const within = [...candidateValues(tenantId, day, scope), batch.fromLoan, batch.throughLoan];
  const { rows: locked } = await tx.query<{ loanId: string }>(LOCK, within);
  // Asked after the locks, so that what has been paid meanwhile is seen.
  const loanIds = locked.map(({ loanId }) => loanId);
  const loans = await readFollowed(tx, loanIds, { on: day, through: day, now });
  const stood = loans.filter(({ through }) => through === null || through < day).map((loan) => standAtEnd(loan, open));
  const changed = await storeStandings(tx, stood, { on: day, through: day, cause: 'close', now });
  await judgePromises(tx, loanIds, day, day);
  const { rows: counted } = await tx.query<{ count: number }>(COUNT, within);
  const isDone = counted[0]!.count <= locked.length;
  await tx.query(DONE, [tenantId, day, batch.batch, changed, isDone ? now : null]);
  return { kind: isDone ? 'done' : 'again', loans: locked.length, changed };
}
