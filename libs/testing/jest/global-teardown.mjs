// As global-setup.mjs.
export { default } from '../src/stop-test-postgres.ts';
