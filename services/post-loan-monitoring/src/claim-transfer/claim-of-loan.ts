import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import type { SoldClaim } from '../ledger/claim-transfer-lines.js';
import { accruedDays, type ClassOn } from '../loan/accrue-account.js';
import { readClasses } from '../loan/correct-accrual.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { playAccount } from '../loan/play-account.js';
import { totalOf } from '../projection/due-totals.js';
import { provisionOfLoan } from '../provision/provision-of-loan.js';
import type { RequestTransferDto } from './transfer.dto.js';

/** What is owed of a loan on a day, and how that stands in the books. */
export interface OwedClaim {
  readonly interestMinor: bigint;
  /** Penalty and compound interest. */
  readonly penaltyMinor: bigint;
  readonly claim: SoldClaim;
}

/** What the last close has set aside for the loan; what was written off has used it up. */
function allowanceOf(account: LoanAccount, classOn: ClassOn): bigint {
  const { accruedThrough: on, writtenOffOn, policyVersion, maturesOn } = account;
  if (on === null || writtenOffOn !== null) return 0n;
  const [closed] = accruedDays(account, on, on, classOn);
  if (!closed) return 0n;
  const { principalMinor, receivableMinor, dpd } = closed;
  const { provision } = policyInForce(policyOf(policyVersion).lenderType, on);
  return provisionOfLoan({ on, maturesOn, principalMinor, receivableMinor, loanClass: classOn(on), dpd }, provision);
}

/** The claim of a loan as a sale on a day takes it out of the books. */
export async function claimOf(
  tx: Pick<EventTransaction, 'query'>,
  account: LoanAccount,
  { priceMinor }: Pick<RequestTransferDto, 'priceMinor'>,
  on: IsoDate,
): Promise<OwedClaim> {
  const classOn = (await readClasses(tx, [account.loanId]))(account.loanId);
  const { principalMinor, interestMinor, penaltyMinor } = totalOf(playAccount(account, on).claimOn(on));
  // Of a loan whose books do not accrue yet nothing is earned before it is paid.
  const [earned] = accruedDays(account, on, on, classOn);
  const claim = {
    ...{ priceMinor: BigInt(priceMinor), principalMinor, receivableMinor: earned?.receivableMinor ?? 0n, memoMinor: earned?.accrued.memoMinor ?? 0n },
    ...{ allowanceMinor: allowanceOf(account, classOn), isWrittenOff: account.writtenOffOn !== null },
  };
  return { interestMinor, penaltyMinor, claim };
}
