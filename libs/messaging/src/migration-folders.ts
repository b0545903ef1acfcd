/** Tables of the PostgreSQL event log, for the schema `event_log`. */
export const EVENT_LOG_MIGRATIONS = new URL('../migrations/event-log', import.meta.url);

/** Outbox, inbox and parked events, for every service's schema. */
export const MESSAGING_MIGRATIONS = new URL('../migrations/service', import.meta.url);
