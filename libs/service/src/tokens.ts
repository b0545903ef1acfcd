/** Injection token of the {@link Clock}. */
export const CLOCK = Symbol('clock');

/** Injection token of the service's pino logger. */
export const LOGGER = Symbol('logger');

/** Injection token of the {@link EventLog}. */
export const EVENT_LOG = Symbol('event-log');
