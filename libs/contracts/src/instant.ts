const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Reads an instant (RFC 3339, of the calendar); undefined for anything else. `new Date` alone takes 30 February for 2 March. */
export function readInstant(text: unknown): Date | undefined {
  const match = typeof text === 'string' ? INSTANT.exec(text) : null;
  if (!match) return undefined;
  const [, year, month, day] = match;
  const midnight = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(`${year}-${month}-${day}`)) return undefined;
  const instant = new Date(text as string);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

/**
 * True where an outside party can have meant this instant: not before what it answers was asked, not after now, with what two clocks may differ. Any other
 * is a clock's fault or a default value, and must not be booked.
 */
export function isPlausibleInstant(instant: Date, askedAt: Date, now: Date, skewSeconds: number): boolean {
  const skewMs = skewSeconds * 1_000;
  return instant.getTime() >= askedAt.getTime() - skewMs && instant.getTime() <= now.getTime() + skewMs;
}
