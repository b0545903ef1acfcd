/** Guarantors stand behind the firm among those who are held against the lists, whatever the registry says of its people, so that a hit is known as theirs by its place. */
const FIRST_GUARANTOR = 1;

/** Place of a guarantor, by its number from nought in the order of the application. */
export const placeOfGuarantor = (at: number): number => FIRST_GUARANTOR + at;

/** True for the place of one of so many guarantors. */
export function isGuarantorAt(index: number, guarantors: number): boolean {
  return index >= FIRST_GUARANTOR && index < FIRST_GUARANTOR + guarantors;
}
