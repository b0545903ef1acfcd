import { addDays, addMonths, dayOfMonth, type IsoDate } from '@millrace/finance';
import type { GuaranteeParameters } from '@millrace/policy';

/** Last day on which a guarantor can be asked to pay: so many months after the maturity that it stands for (G-EC-04). */
export function lapseOf(maturesOn: IsoDate, agreedMonths: number | undefined, { periodMonths }: Pick<GuaranteeParameters, 'periodMonths'>): IsoDate {
  return addMonths(maturesOn, agreedMonths ?? periodMonths, dayOfMonth(maturesOn));
}

/** The last day that has ended by a day. */
export const dayBefore = (day: IsoDate): IsoDate => addDays(day, -1);
