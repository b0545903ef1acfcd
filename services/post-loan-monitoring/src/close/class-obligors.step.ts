import type { EventTransaction } from '@millrace/messaging';
import { judgeObligors, type JudgedLoan } from '../standing/judge-obligors.js';
import { rulesOn } from '../standing/rules-on.js';
import { dpdOn, standOn } from '../standing/stand.js';
import { storeStandings, type StoodLoan } from '../standing/store-standings.js';
import type { CloseStep } from './close-step.js';
import type { OpenDay } from './open-day.js';

/** Obligors of one transaction. */
const OBLIGORS_OF_BATCH = 200;

/**
 * Obligors that the day has not looked at: one of their loans is non-performing by itself and is not the only one, or is kept down by another. A book of
 * obligors with one loan each is never read.
 */
const NEXT = `
select distinct l.uscc from loan_standing s join loan l using (loan_id)
where s.tenant_id = $1 and (s.own_class in ('SUBSTANDARD', 'DOUBTFUL', 'LOSS') or s.obligor_rule is not null) and (s.obligor_on is null or s.obligor_on < $2) and l.live
  and (s.obligor_rule is not null or exists (select from loan o where o.tenant_id = l.tenant_id and o.uscc = l.uscc and o.live and o.loan_id <> l.loan_id))
order by l.uscc limit ${OBLIGORS_OF_BATCH}`;

const LOOKED_AT = 'update loan_standing set obligor_on = $2 where loan_id = any($1) and (obligor_on is null or obligor_on < $2)';

function standAtEnd({ loan, obligorRule }: JudgedLoan, { day }: OpenDay): StoodLoan {
  const { known, policyVersion } = loan;
  const dpd = dpdOn(loan, day);
  return { ...loan, dpd, before: known, after: standOn({ ...known, obligorRule }, { ...loan, on: day, dpd, rules: rulesOn(policyVersion, day) }) };
}

async function classObligors(tx: EventTransaction, open: OpenDay, now: Date): ReturnType<CloseStep['take']> {
  const { tenantId, day } = open;
  const { rows } = await tx.query<{ uscc: string }>(NEXT, [tenantId, day]);
  if (rows.length === 0) return { kind: 'done' };
  const usccs = rows.map(({ uscc }) => uscc);
  const { judged, whole } = await judgeObligors(tx, tenantId, usccs, day);
  // What a movement of a later day has told already stays told.
  const stood = judged.filter(({ loan }) => loan.through === null || loan.through <= day).map((one) => standAtEnd(one, open));
  const changed = await storeStandings(tx, stood, { on: day, through: day, cause: 'close', now });
  const { rowCount } = await tx.query(LOOKED_AT, [whole, day]);
  return rowCount ? { kind: 'worked', loans: whole.length, changed } : { kind: 'wait' };
}

/** What non-performing loans make of the other loans of the same obligor (G-CL-05, G-CL-10); after every loan stands by itself. */
export const classObligorsStep: CloseStep = { name: 'class-obligors', take: classObligors };
