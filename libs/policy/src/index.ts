export * from './business-calendar.js';
export * from './decision-table.js';
export * from './exposure-cap.js';
export * from './invoice-parameters.js';
export * from './limit-parameters.js';
export * from './policy-pack.js';
export * from './risk-index-parameters.js';
