import type { FirmProfile, ProfileSettings } from '../profile/firm-profile.js';
import { CASE_FIRMS, SOUND_FIRM } from './sandbox-cases.js';

const ENDING_DIGITS = 4;

/** What a firm of a case has set; what the caller sets goes over it. */
export function settingsOfCase(caseId: string | undefined, given: ProfileSettings): ProfileSettings {
  return caseId === undefined ? given : { ...SOUND_FIRM, ...CASE_FIRMS[caseId]?.settings, ...withoutUndefined(given) };
}

/** The profile with the account by which the bank plays the case; an account that the caller has set stays. */
export function withCaseAccount(profile: FirmProfile, caseId: string | undefined, given: ProfileSettings): FirmProfile {
  const ending = caseId === undefined ? undefined : CASE_FIRMS[caseId]?.accountEnding;
  if (ending === undefined || given.bankAccount?.accountNumber !== undefined) return profile;
  const { accountName, accountNumber } = profile.bankAccount;
  return { ...profile, bankAccount: { accountName, accountNumber: accountNumber.slice(0, -ENDING_DIGITS) + ending } };
}

function withoutUndefined(given: ProfileSettings): ProfileSettings {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
