import type { LoanClass } from '@millrace/contracts';

/** What is set aside for the loans of a product, a currency and a class. */
export interface ClassProvision {
  readonly productCode: string;
  readonly currency: string;
  readonly loanClass: LoanClass;
  readonly provisionMinor: bigint;
}

export interface ProvisionChange extends ClassProvision {
  /** What is to be posted: the difference to what is booked. */
  readonly changeMinor: bigint;
}

/** What is set aside for sound loans is general, for all others it is theirs (G-PV-01). */
export const provisionKindOf = (loanClass: LoanClass): 'general' | 'specific' => (loanClass === 'NORMAL' ? 'general' : 'specific');

/** What a loan of the worst class has used up, or brought back: written off against the allowance, or recovered into it. */
const USED_BY: LoanClass = 'LOSS';

/** The allowance for the loans of a product in the ledger. */
export interface AllowanceBalance extends Pick<ClassProvision, 'productCode' | 'currency'> {
  readonly balanceMinor: bigint;
}

type Key = Pick<ClassProvision, 'productCode' | 'currency' | 'loanClass'>;
const keyOf = ({ productCode, currency, loanClass }: Key): string => JSON.stringify([productCode, currency, loanClass]);

/**
 * What is needed against what is booked, by product, currency and class: so a loan that moves to another class moves its provision. What others have taken of
 * the allowance since, by writing off, was set aside for the worst class.
 * @param booked what was needed for each class at the last close
 * @param used what sales of claims have taken of it since, from their own classes
 */
export function provisionChanges(
  needed: readonly ClassProvision[],
  booked: readonly ClassProvision[],
  allowance: readonly AllowanceBalance[],
  used: readonly ClassProvision[] = [],
): ProvisionChange[] {
  const left = [...booked, ...used.map((one) => ({ ...one, provisionMinor: -one.provisionMinor }))];
  const standing = new Map<string, bigint>();
  for (const one of left) standing.set(keyOf(one), (standing.get(keyOf(one)) ?? 0n) + one.provisionMinor);
  for (const { productCode, currency, balanceMinor } of allowance) {
    const own = left.filter((one) => one.productCode === productCode && one.currency === currency);
    const leftMinor = balanceMinor - own.reduce((total, { provisionMinor }) => total + provisionMinor, 0n);
    const key = keyOf({ productCode, currency, loanClass: USED_BY });
    if (leftMinor !== 0n) standing.set(key, (standing.get(key) ?? 0n) + leftMinor);
  }
  const wanted = new Map(needed.map((one) => [keyOf(one), one.provisionMinor]));
  return [...new Set([...wanted.keys(), ...standing.keys()])].toSorted().map((key) => {
    const [productCode, currency, loanClass] = JSON.parse(key) as [string, string, LoanClass];
    const provisionMinor = wanted.get(key) ?? 0n;
    return { productCode, currency, loanClass, provisionMinor, changeMinor: provisionMinor - (standing.get(key) ?? 0n) };
  });
}
