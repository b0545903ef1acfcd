import { businessHour, type ContactBlock, type ContactChannel } from '@millrace/contracts';
import type { CollectionParameters } from '@millrace/policy';

/** A contact as its rules see it. */
export interface WantedContact {
  readonly channel: ContactChannel;
  /** The loan has this party. */
  readonly isPartyKnown: boolean;
  readonly at: Date;
}

/** A letter lies where it was put until somebody opens it: neither hours nor number bind it (M-CO-02, M-CO-03). */
export const isBound = (channel: ContactChannel): boolean => channel !== 'letter';

/** Why a contact is not allowed by what it is and when; null where only its number on the day is left to be asked (M-CO-02, M-CO-04). */
export function judgeContact(
  { channel, isPartyKnown, at }: WantedContact,
  { contactFromHour, contactUntilHour }: Pick<CollectionParameters, 'contactFromHour' | 'contactUntilHour'>,
): ContactBlock | null {
  if (!isPartyKnown) return 'PARTY_UNKNOWN';
  const hour = businessHour(at);
  const isNight = hour < contactFromHour || hour >= contactUntilHour;
  return isBound(channel) && isNight ? 'OUTSIDE_HOURS' : null;
}
