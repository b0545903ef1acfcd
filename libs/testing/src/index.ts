export * from './former-record.js';
export * from './old-form.js';
export * from './principals.js';
export * from './test-postgres.js';
export * from './test-servers.js';
export * from './test-service.js';
export * from './until.js';
export * from './invoice-disguises.js';
