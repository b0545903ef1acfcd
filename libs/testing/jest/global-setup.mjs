// Jest loads its set-up with require() unless it is .mjs, and our sources are ES modules.
export { default } from '../src/start-test-postgres.ts';
