import { addDays, type IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { followGuarantees } from '../guarantee-life/follow-guarantees.js';
import { guaranteeStatusOf } from '../guarantee-life/guarantee-state.js';
import { readStandings } from './read-standings.js';
import { storeStandings } from './store-standings.js';

/**
 * Ends the standing of a loan whose claim was sold, in the transaction that has sold it and has its row locked: its guarantees go with the claim, its arrears are
 * pursued no more, and class and bucket stay as they were on the last day that was the lender's. It is not cured, as nobody has paid.
 * @param on business date of now
 */
export async function endStanding(tx: EventTransaction, loanId: string, on: IsoDate, now: Date): Promise<void> {
  const through = addDays(on, -1);
  await followGuarantees(tx, [loanId], { on, through, now });
  const [loan] = await readStandings(tx, [loanId]);
  if (!loan) throw new Error(`there is no loan ${loanId}`);
  const { known, guaranteeStates } = loan;
  const after = { ...known, collectionStage: null, goodSince: null, reviewOn: null, guaranteeStatus: guaranteeStatusOf(guaranteeStates) };
  await storeStandings(tx, [{ ...loan, dpd: 0, before: known, after }], { on, through: loan.through ?? through, cause: 'fact', now });
}
