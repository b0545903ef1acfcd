export * from './auc.js';
export * from './ks.js';
export * from './psi.js';
export * from './seeded-random.js';
