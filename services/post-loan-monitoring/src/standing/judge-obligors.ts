import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { isSmallFirmsLoan, obligorRuleOf, type ObligorDebt, type ObligorRule } from '../classification/obligor-debts.js';
import { readStandings, type StandingLoan } from './read-standings.js';
import { rulesOn } from './rules-on.js';

/** A loan that is to stand by another rule of its obligor than before. */
export interface JudgedLoan {
  readonly loan: StandingLoan;
  readonly obligorRule: ObligorRule | null;
}

/** The obligor's other loans keep it down by more than before. */
export const isWorse = ({ loan, obligorRule }: JudgedLoan): boolean => obligorRule === 'G-CL-10' || (obligorRule !== null && loan.known.obligorRule === null);

/** Debts of one obligor, each judged by what the others are by themselves; loans that stay under their rule are left out. */
function judge(loans: readonly StandingLoan[], on: IsoDate): JudgedLoan[] {
  const debts = loans.map(({ loanId, principalMinor, known }): ObligorDebt => ({ loanId, balanceMinor: principalMinor, ownClass: known.ownClass }));
  return loans.flatMap((loan) => {
    const { classification } = rulesOn(loan.policyVersion, on);
    const obligorRule = obligorRuleOf(loan.loanId, debts, isSmallFirmsLoan(loan.productCode, classification), classification);
    return obligorRule === loan.known.obligorRule ? [] : [{ loan, obligorRule }];
  });
}

/** All loans of some firms that are owed to a lender; whose row another has in hand is read and not judged. */
const OWED = `select loan_id as "loanId" from loan where tenant_id = $1 and uscc = any($2) and live order by loan_id`;
const LOCK = `select loan_id as "loanId" from loan where loan_id = any($1) order by loan_id for no key update skip locked`;

/** What was found of some obligors. */
export interface JudgedObligors {
  /** Loans that are to stand by another rule; their rows are locked. */
  readonly judged: readonly JudgedLoan[];
  /** Loans of the obligors of which every loan could be locked, by which they are judged for good. */
  readonly whole: readonly string[];
}

/** Judges the loans of some obligors of a lender together (G-CL-05, G-CL-10). A loan whose money is being moved is left out, so that no repayment waits. */
export async function judgeObligors(tx: EventTransaction, tenantId: string, usccs: readonly string[], on: IsoDate): Promise<JudgedObligors> {
  const loanIds = async (sql: string, values: readonly unknown[]): Promise<string[]> =>
    (await tx.query<{ loanId: string }>(sql, values)).rows.map(({ loanId }) => loanId);
  const locked = new Set(await loanIds(LOCK, [await loanIds(OWED, [tenantId, usccs])]));
  // Asked after the locks, so that what was changed meanwhile is seen.
  const loans = await readStandings(tx, await loanIds(OWED, [tenantId, usccs]));
  const obligors = [...Map.groupBy(loans, ({ uscc }) => uscc).values()];
  return {
    judged: obligors.flatMap((own) => judge(own, on)).filter(({ loan }) => locked.has(loan.loanId)),
    whole: obligors.filter((own) => own.every(({ loanId }) => locked.has(loanId))).flatMap((own) => own.map(({ loanId }) => loanId)),
  };
}
