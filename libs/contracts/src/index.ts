import { keepValidationRules } from './keep-validation-rules.js';

// Everything that is checked in a process of ours has its rules from here or beside here.
keepValidationRules();

export * from './accepts-payload.js';
export * from './calendar.js';
export * from './clock.js';
export * from './content-hash.js';
export * from './event-names.js';
export * from './event-schema-file.js';
export * from './event.js';
export * from './identifiers.js';
export * from './ids.js';
export * from './instant.js';
export * from './is-record.js';
export * from './money.js';
export * from './nested.js';
export * from './open-enum.js';
export * from './name-hash.js';
export * from './normal-form.js';
export * from './topics.js';
export * from './facts.js';
export * from './loan-application.events.js';
export * from './direct-debit.events.js';
export * from './statuses.js';
export * from './kyc-antifraud.events.js';
export * from './scoring.events.js';
export * from './disbursement.events.js';
export * from './book.events.js';
export * from './post-loan-monitoring.events.js';
export * from './refund.events.js';
export * from './loan-recovery.events.js';
export * from './loan-terms.events.js';
export * from './guarantee.events.js';
export * from './renewal.events.js';
export * from './collection.events.js';
export * from './notice.events.js';
export * from './task.events.js';
