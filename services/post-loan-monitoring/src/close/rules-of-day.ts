import { addDays, type IsoDate } from '@millrace/finance';
import { lenderTypesWithRelease, policyInForce, type Policy } from '@millrace/policy';

/** What the close of a day goes by, of every licence: an installation may have loans of several. */
export const inForceOn = (day: IsoDate): Policy[] => lenderTypesWithRelease().map((lenderType) => policyInForce(lenderType, day));

/** Other rules hold on the day than on the one before, so that any loan that is late may stand elsewhere. */
export function rulesChangeOn(day: IsoDate): boolean {
  const said = (on: IsoDate): string =>
    JSON.stringify(inForceOn(on).map(({ classification, provision, collection }) => [classification, provision, collection]));
  return said(day) !== said(addDays(day, -1));
}
