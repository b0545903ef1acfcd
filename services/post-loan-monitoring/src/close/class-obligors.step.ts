import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { isPlanned, keepUnplanned } from '../accrual/plan-accrual.js';
import { isWorse, judgeObligors, type JudgedLoan } from '../standing/judge-obligors.js';
import { rulesOn } from '../standing/rules-on.js';
import { dpdOn, standOn } from '../standing/stand.js';
import { storeStandings, type StoodLoan } from '../standing/store-standings.js';
import type { CloseStep } from './close-step.js';
import type { OpenDay } from './open-day.js';

/** Loans of one transaction that keep others down or are kept down. */
const LOANS_OF_BATCH = 500;

/** Loans by which the day has not looked at their obligors yet. Each is marked with the day, so that no transaction reads again what another has done. */
const NEXT = `
select s.loan_id as "loanId", l.uscc, s.obligor_rule is not null or exists
  (select from loan o where o.tenant_id = l.tenant_id and o.uscc = l.uscc and o.live and o.loan_id <> l.loan_id) as "isOfSeveral"
from loan_standing s join loan l using (loan_id)
where s.tenant_id = $1 and (s.bad_debt or s.obligor_rule is not null) and (s.obligor_on is null or s.obligor_on < $2) and l.live
order by s.obligor_on nulls first, s.loan_id limit ${LOANS_OF_BATCH}`;

/** A loan that its firm has beside no other has nothing to be judged by; it is left to the next look where its money is being moved. */
const LOCK_ALONE = 'select loan_id as "loanId" from loan where loan_id = any($1) order by loan_id for no key update skip locked';

const LOOKED_AT = 'update loan_standing set obligor_on = $2 where loan_id = any($1) and (obligor_on is null or obligor_on < $2)';

/** Firms of which the books know something of a later day: money, a payout, or a standing that a movement has given. */
const MOVED_LATER = `
select distinct l.uscc from loan l left join loan_standing s using (loan_id)
where l.tenant_id = $1 and l.uscc = any($2) and (l.valued_on > $3 or l.settled_on > $3 or s.stood_on > $3)`;

function standAtEnd({ loan, obligorRule }: JudgedLoan, { day }: OpenDay): StoodLoan {
  const { known, policyVersion } = loan;
  const dpd = dpdOn(loan, day);
  return { ...loan, dpd, before: known, after: standOn({ ...known, obligorRule }, { ...loan, on: day, dpd, rules: rulesOn(policyVersion, day) }) };
}

const isOfLaterDay = ({ loan: { through, stoodOn } }: JudgedLoan, day: IsoDate): boolean =>
  (through !== null && through > day) || (stoodOn !== null && stoodOn > day);

/** What the day may tell: what a movement of a later day has told stays told, and no loan stands better for what only a later day has brought. */
async function tellable(tx: EventTransaction, judged: readonly JudgedLoan[], { tenantId, day }: OpenDay): Promise<JudgedLoan[]> {
  const ofDay = judged.filter((one) => !isOfLaterDay(one, day));
  const better = ofDay.filter((one) => !isWorse(one)).map(({ loan }) => loan.uscc);
  if (better.length === 0) return ofDay;
  const { rows } = await tx.query<{ uscc: string }>(MOVED_LATER, [tenantId, better, day]);
  const movedLater = new Set(rows.map(({ uscc }) => uscc));
  return ofDay.filter((one) => isWorse(one) || !movedLater.has(one.loan.uscc));
}

async function classObligors(tx: EventTransaction, open: OpenDay, now: Date): ReturnType<CloseStep['take']> {
  const { tenantId, day } = open;
  // What the day earns goes by the classes that it had when its shares were made: a firm that turns up later belongs to the next day.
  if (await isPlanned(tx, tenantId, day)) return { kind: 'done' };
  const { rows } = await tx.query<{ loanId: string; uscc: string; isOfSeveral: boolean }>(NEXT, [tenantId, day]);
  if (rows.length === 0) return { kind: 'done' };
  // Only a transaction that ends here may hold the lock, as the next steps take a stronger one.
  if (!(await keepUnplanned(tx, tenantId, day))) return { kind: 'wait' };
  const usccs = [...new Set(rows.filter(({ isOfSeveral }) => isOfSeveral).map(({ uscc }) => uscc))];
  const { judged, whole } = usccs.length > 0 ? await judgeObligors(tx, tenantId, usccs, day) : { judged: [], whole: [] };
  const stood = (await tellable(tx, judged, open)).map((one) => standAtEnd(one, open));
  const changed = await storeStandings(tx, stood, { on: day, through: day, cause: 'close', now });
  const aloneIds = rows.filter(({ isOfSeveral }) => !isOfSeveral).map(({ loanId }) => loanId);
  const { rows: alone } = await tx.query<{ loanId: string }>(LOCK_ALONE, [aloneIds]);
  const { rowCount } = await tx.query(LOOKED_AT, [[...whole, ...alone.map(({ loanId }) => loanId)], day]);
  return rowCount ? { kind: 'worked', loans: whole.length, changed } : { kind: 'wait' };
}

/** What non-performing loans make of the other loans of the same obligor (G-CL-05, G-CL-10); after every loan stands by itself. */
export const classObligorsStep: CloseStep = { name: 'class-obligors', take: classObligors };
