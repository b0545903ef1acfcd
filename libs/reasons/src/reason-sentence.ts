import { entryOf } from './catalogue.js';
import { textIn, type Language, type Text } from './language.js';
import type { ReasonEntry } from './reason-entry.js';

/** Who reads an answer: the applicant's side, or the lender's people. */
export type Reader = 'applicant' | 'staff';

function toldText({ told, staff }: ReasonEntry): Text | undefined {
  if (told === 'as-staff') return staff;
  return typeof told === 'object' && told !== null ? told : undefined;
}

/**
 * The sentence beside a code in another language. Which of a reason's two texts it is, the English one says; where both are the same, or where it is of an
 * earlier version, the reader decides. An applicant's side that reads a code of which nothing is told gets the English sentence as it is: it was made for it.
 */
export function reasonSentence(code: string, english: string, language: Language, reader: Reader): string | undefined {
  const entry = entryOf(code);
  if (language === 'en' || !entry) return undefined;
  const told = toldText(entry);
  const isStaffs = english === entry.staff.en;
  const isTold = english === told?.en;
  if (isStaffs !== isTold) return textIn(isStaffs ? entry.staff : told!, language);
  const text = reader === 'staff' ? entry.staff : told;
  return text && textIn(text, language);
}
