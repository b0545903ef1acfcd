export * from './catalogue.js';
export * from './language.js';
export * from './open-payload.js';
export * from './reason-entry.js';
export * from './review-reasons.js';
export * from './told-reasons.js';
