export * from './field.js';
export * from './fields.js';
export * from './problem.api.js';
export * from './product.api.js';
export * from './task.api.js';
export * from './route.js';
export * from './routes.js';
export * from './text.api.js';
