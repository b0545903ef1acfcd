import type { ContactBlock, ContactChannel } from '@millrace/contracts';
import type { CollectionParameters } from '@millrace/policy';

/** Asia/Shanghai is eight hours before UTC all year round. */
const SHANGHAI_OFFSET_HOURS = 8;
const HOUR_MS = 3_600_000;

/** A contact as its rules see it. */
export interface WantedContact {
  readonly channel: ContactChannel;
  /** The loan has this party. */
  readonly isPartyKnown: boolean;
  readonly at: Date;
}

/** Hour of the day in Shanghai, 0 to 23. */
const hourOf = (at: Date): number => new Date(at.getTime() + SHANGHAI_OFFSET_HOURS * HOUR_MS).getUTCHours();

/** A letter lies where it was put until somebody opens it: neither hours nor number bind it (M-CO-02, M-CO-03). */
export const isBound = (channel: ContactChannel): boolean => channel !== 'letter';

/** Why a contact is not allowed by what it is and when; null where only its number on the day is left to be asked (M-CO-02, M-CO-04). */
export function judgeContact(
  { channel, isPartyKnown, at }: WantedContact,
  { contactFromHour, contactUntilHour }: Pick<CollectionParameters, 'contactFromHour' | 'contactUntilHour'>,
): ContactBlock | null {
  if (!isPartyKnown) return 'PARTY_UNKNOWN';
  const hour = hourOf(at);
  const isNight = hour < contactFromHour || hour >= contactUntilHour;
  return isBound(channel) && isNight ? 'OUTSIDE_HOURS' : null;
}
