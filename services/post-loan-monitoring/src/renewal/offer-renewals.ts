import { businessDate, businessInstant, formatMinor, newId, RenewalOffered } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf, type Policy } from '@millrace/policy';
import { debtorKey } from '../collection-case/log-contact.js';
import { planDispatches, type DispatchDraft } from '../dispatch/plan-dispatch.js';
import { writeLetters, type LetterDraft, type WrittenLetter } from '../letter/write-letter.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { readAccountsById } from '../loan/read-account.js';
import { faultOfAsking, leftAtMaturity, type RenewalRefusalCode } from './renewal-policy.js';

/** Loans of one transaction. */
const BATCH = 200;

/** Loans of a licence that mature within as many days as it offers renewals ahead, and that were not looked at: the maturity may have come nearer than that at once. */
const NEXT = `
select l.loan_id as "loanId", l.uscc from loan l
  join unnest($2::text[], $3::date[]) as o(lender_type, through) on l.matures_on > $4 and l.matures_on <= o.through and split_part(l.policy_version, '.', 1) = o.lender_type
where l.tenant_id = $1 and l.live and not exists (select from renewal_offer r where r.loan_id = l.loan_id)
order by l.loan_id limit ${BATCH}`;

/** Whoever comes second waits here for the first, and keeps nothing of its own. */
const KEEP = `
insert into renewal_offer (loan_id, tenant_id, offered_on, matures_on, reason_code, recorded_at)
select l.loan_id, $1, $2, l.matures_on, l.reason_code, $3 from unnest($4::uuid[], $5::date[], $6::text[]) as l(loan_id, matures_on, reason_code)
on conflict do nothing returning loan_id as "loanId"`;

/** What borrowers are offered on the day after a close, by the rules of that day. */
export interface OfferDay {
  readonly tenantId: string;
  /** The day after the one that is closed. */
  readonly on: IsoDate;
  readonly rules: readonly Pick<Policy, 'lenderType' | 'renewal'>[];
}

/** A loan that was looked at, with why nothing is offered; undefined where it is. */
interface LookedAt {
  readonly account: LoanAccount;
  readonly uscc: string;
  readonly fault: RenewalRefusalCode | undefined;
}

const rulesOf = ({ policyVersion }: LoanAccount, on: IsoDate): Policy => policyInForce(policyOf(policyVersion).lenderType, on);

function letterOf({ contractId, loanId, maturesOn, outstandingPrincipalMinor }: LoanAccount, writtenOn: IsoDate): LetterDraft {
  const values = { contractId, loanId, maturesOn, writtenOn, outstandingYuan: formatMinor(outstandingPrincipalMinor) };
  return { kind: 'renewal_offer', about: 'renewal', values, writtenOn };
}

/** A message by day, until the evening before the maturity: later it comes too late. */
function dispatchOf({ account, uscc }: LookedAt, { letterId, text, textSha256 }: WrittenLetter, writtenOn: IsoDate, now: Date): DispatchDraft {
  const { loanId, tenantId, applicationId, policyVersion, maturesOn } = account;
  const { contactFromHour, contactUntilHour } = rulesOf(account, writtenOn).collection;
  const [addresseeRef, morning] = [debtorKey(uscc), businessInstant(writtenOn, contactFromHour)];
  return {
    ...{ dispatchId: newId(), tenantId, applicationId, loanId, policyVersion, letterId, party: 'notice', partyKey: addresseeRef, whileDueOn: null },
    content: { lender: tenantId, loanId, channel: 'message', addresseeRef, kind: 'renewal_offer', language: 'zh-CN', text, textSha256 },
    sendFrom: morning > now ? morning : now,
    sendUntil: businessInstant(addDays(maturesOn, -1), contactUntilHour),
  };
}

/**
 * Offers a renewal to the borrowers of the next loans that mature in so many days and qualify for one (G-CL-15, M-RN-01). A loan is looked at once: one that does
 * not qualify on its day is offered nothing, and may be asked for all the same.
 * @returns how many loans were looked at, and how many renewals were offered; 0 where none is left
 */
export async function offerRenewals(tx: EventTransaction, { tenantId, on, rules }: OfferDay, now: Date): Promise<{ loans: number; offered: number }> {
  const offering = rules.filter(({ renewal }) => renewal.offerDays > 0);
  if (offering.length === 0) return { loans: 0, offered: 0 };
  const [lenderTypes, maturities] = [offering.map(({ lenderType }) => lenderType), offering.map(({ renewal }) => addDays(on, renewal.offerDays))];
  const { rows } = await tx.query<{ loanId: string; uscc: string }>(NEXT, [tenantId, lenderTypes, maturities, on]);
  if (rows.length === 0) return { loans: 0, offered: 0 };
  const accounts = await readAccountsById(
    tx,
    rows.map(({ loanId }) => loanId),
  );
  const today = businessDate(now);
  const writtenOn = today > on ? today : on;
  const looked = rows.map(({ loanId, uscc }): LookedAt => {
    const account = accounts.get(loanId)!;
    return { account, uscc, fault: faultOfAsking(account, { amountMinor: leftAtMaturity(account), on: writtenOn }, rulesOf(account, writtenOn)) };
  });
  const columns = [looked.map(({ account }) => account.loanId), looked.map(({ account }) => account.maturesOn), looked.map(({ fault }) => fault ?? null)];
  const { rows: kept } = await tx.query<{ loanId: string }>(KEEP, [tenantId, writtenOn, now, ...columns]);
  const mine = new Set(kept.map(({ loanId }) => loanId));
  const offered = looked.filter(({ account, fault }) => fault === undefined && mine.has(account.loanId));
  if (offered.length > 0) await tell(tx, offered, writtenOn, now);
  return { loans: rows.length, offered: offered.length };
}

/** Writes the letters, plans that they are sent, and says so. */
async function tell(tx: EventTransaction, offered: readonly LookedAt[], writtenOn: IsoDate, now: Date): Promise<void> {
  const letters = await writeLetters(
    tx,
    offered.map(({ account }) => ({ loan: account, draft: letterOf(account, writtenOn) })),
    now,
  );
  await planDispatches(
    tx,
    offered.map((one, at) => dispatchOf(one, letters[at]!, writtenOn, now)),
    now,
  );
  for (const { account } of offered) {
    const { applicationId, loanId, maturesOn } = account;
    tx.emit(new RenewalOffered({ applicationId, loanId, on: writtenOn, maturesOn }));
  }
}
