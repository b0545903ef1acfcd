// One suite per cost: pure (.spec), one real server (.int.spec), the whole flow (.e2e.spec). See CONTRIBUTING.md.
const shared = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['millrace-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/dist/', '<rootDir>/.millrace/'],
  injectGlobals: true,
};

const withPostgres = { globalSetup: '<rootDir>/libs/testing/jest/global-setup.mjs', globalTeardown: '<rootDir>/libs/testing/jest/global-teardown.mjs' };

export default {
  // A whole lender is started in a hook, on a machine that may do other work.
  testTimeout: 90_000,
  // One more than the cores of a small machine: half of a suite's time is waiting for a server or a timer.
  maxWorkers: 3,
  testSequencer: '<rootDir>/libs/testing/jest/long-first.mjs',
  // Modules of suites that have ended stay in a worker's memory; one of several gigabytes takes longer to end than jest waits for it.
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...shared,
      displayName: 'spec',
      testMatch: ['<rootDir>/{libs,services,tools}/**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.int\\.spec\\.ts$', '\\.e2e\\.spec\\.ts$', '/node_modules/'],
    },
    { ...shared, ...withPostgres, displayName: 'int', testMatch: ['<rootDir>/{libs,services}/**/*.int.spec.ts'] },
    { ...shared, ...withPostgres, displayName: 'e2e', testMatch: ['<rootDir>/services/**/*.e2e.spec.ts'] },
  ],
};
