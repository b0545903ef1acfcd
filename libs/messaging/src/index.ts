export * from './consumer.js';
export * from './envelope.js';
export * from './event-log.js';
export * from './event-transaction.js';
export { listParked, type ParkedEvent } from './parked-events.js';
export * from './postgres-event-log.js';
export * from './relay.js';
export * from './trace-context.js';
export * from './transaction-runner.js';

/** Migrations of the PostgreSQL adapter's own schema, `event_log`. */
export const EVENT_LOG_MIGRATIONS = new URL('../migrations/event-log/', import.meta.url);

/** Migrations of outbox, inbox and parked events, for every service's schema. */
export const MESSAGING_MIGRATIONS = new URL('../migrations/service/', import.meta.url);
