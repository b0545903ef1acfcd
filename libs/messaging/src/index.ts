export * from './event-log.js';
export * from './event-transaction.js';
