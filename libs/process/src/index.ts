export * from './check-process.js';
export * from './deadline.js';
export * from './history-chain.js';
export * from './history-table.js';
export * from './process.js';
export * from './process-step.js';
export * from './render-process.js';
export * from './walk-process.js';
