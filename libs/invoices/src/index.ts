export * from './invoice-row.js';
export * from './parse-yuan.js';
export * from './read-invoices.js';
export * from './trailing-months.js';
