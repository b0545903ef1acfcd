export * from './decision-table.js';
export * from './policy-pack.js';
