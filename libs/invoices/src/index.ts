export * from './invoice-file-error.js';
export * from './invoice-row.js';
export * from './material-months.js';
export * from './parse-yuan.js';
export * from './read-invoices.js';
export * from './read-invoices-v1.js';
export * from './trailing-months.js';
