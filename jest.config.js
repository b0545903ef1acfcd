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

export default {
  projects: [
    { ...shared, displayName: 'spec', testMatch: ['<rootDir>/{libs,services,tools}/**/*.spec.ts'], testPathIgnorePatterns: ['\\.int\\.spec\\.ts$', '\\.e2e\\.spec\\.ts$', '/node_modules/'] },
    { ...shared, displayName: 'int', testMatch: ['<rootDir>/{libs,services}/**/*.int.spec.ts'], globalSetup: '<rootDir>/libs/testing/src/global-setup.ts', globalTeardown: '<rootDir>/libs/testing/src/global-teardown.ts' },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/services/**/*.e2e.spec.ts'] },
  ],
};
