import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import type { ClassificationParameters } from '@millrace/policy';

/** A contract that was changed because the obligor could not pay; `through` is the last day of observation where a longer one than the least is agreed. */
export interface Restructuring {
  readonly from: IsoDate;
  readonly through?: IsoDate | undefined;
}

/** Whether a loan is observed after a restructuring, and whether it was restructured again meanwhile (G-CL-13). */
export type Observation = 'none' | 'first' | 'again';

/** The observation that a day lies in. Each restructuring begins it anew; one within an observation makes it the stricter kind. */
export function observationOn(
  restructurings: readonly Restructuring[],
  on: IsoDate,
  { observationMonths }: Pick<ClassificationParameters, 'observationMonths'>,
): Observation {
  let observation: Observation = 'none';
  /** First day that is not observed any more. */
  let endsBefore: IsoDate = '';
  let latest: IsoDate | undefined;
  for (const { from, through } of restructurings.filter((one) => one.from <= on).toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    // Two entries of one day tell of one change.
    if (from !== latest) observation = from < endsBefore ? 'again' : 'first';
    latest = from;
    const least = addMonths(from, observationMonths);
    endsBefore = [least, through === undefined ? least : addDays(through, 1), endsBefore].toSorted().at(-1)!;
  }
  return on < endsBefore ? observation : 'none';
}
