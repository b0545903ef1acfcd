// Rules that catch bugs and keep the architecture. Layout is prettier's; sizes, names and folders are tools/tidy.spec.ts's.
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const FRAMEWORKS = {
  group: ['@nestjs/*', 'typeorm', 'pg', 'fastify', '@fastify/*', 'graphile-worker'],
  message: 'Policy is pure: it computes from its arguments and knows no framework.',
};
const TEST_LIBRARY = { group: ['@millrace/testing'], message: 'Only tests use the test library.' };

/** A later block replaces a rule's options instead of adding to them, so each block names everything it forbids. */
const forbidImports = (...patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] });

const PURE_FILES = [
  '{libs,services}/**/*-policy.ts',
  'services/*/src/**/*-process.ts',
  'libs/{contracts,finance,invoices,metrics,policy,reasons}/src/**/*.ts',
  'services/scoring/src/{features,scorecard,limit,price,index}/**/*.ts',
];
/** Scenarios are tests that a program plays. */
const TEST_FILES = ['services/trials/src/{scenarios,stage}/**/*.ts', '**/*.spec.ts', '**/test/**/*.ts', '**/e2e/**/*.ts', 'libs/testing/**/*.ts'];

/** Who may import whom, by the tags in each package.json. */
const MODULE_BOUNDARIES = [
  { sourceTag: 'type:service', onlyDependOnLibsWithTags: ['type:lib'] },
  { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:lib'] },
  { sourceTag: 'lib:contracts', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:composition', onlyDependOnLibsWithTags: ['type:lib', 'type:service', 'type:tool'] },
  { sourceTag: 'type:trials', onlyDependOnLibsWithTags: ['type:lib', 'type:service', 'type:tool', 'type:composition'] },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:lib', 'type:service'] },
];

/** Tests make no dependency between projects (.nxignore), so those of a lib may use what stands on it. */
const USED_BY_TESTS_OF_LOWER_LIBS = [
  ['@millrace/messaging', '@millrace/service'],
  ['@millrace/messaging', '@millrace/testing'],
  ['@millrace/service', '@millrace/testing'],
  ['@millrace/tasks', '@millrace/service'],
  ['@millrace/tasks', '@millrace/testing'],
];

/** The command line loads what is heavy inside its actions, and imports it plainly in the files that are loaded there; Nx takes that for a mistake. */
const LOADED_LATE = ['@millrace/**'];

const boundaries = (ignoredCircularDependencies) => ({
  '@nx/enforce-module-boundaries': [
    'error',
    { depConstraints: MODULE_BOUNDARIES, ignoredCircularDependencies, checkDynamicDependenciesExceptions: LOADED_LATE },
  ],
});

const BUG_RULES = {
  'array-callback-return': 'error',
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-constant-binary-expression': 'error',
  'no-empty': 'error',
  'no-self-compare': 'error',
  'no-template-curly-in-string': 'error',
  // A reader's first chunk is often all that is wanted of it.
  'no-unreachable-loop': ['error', { ignore: ['ForOfStatement'] }],
  'no-unused-private-class-members': 'error',
};

const TYPED_BUG_RULES = {
  '@typescript-eslint/no-deprecated': 'error',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' }],
  '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
  '@typescript-eslint/switch-exhaustiveness-check': 'error',
  // An async function without await is how a port's in-memory adapter keeps its promise.
  '@typescript-eslint/require-await': 'off',
  // It calls a needed one unnecessary wherever the target accepts the wider type.
  '@typescript-eslint/no-unnecessary-type-assertion': 'off',
};

/** Answers and payloads of many shapes are read in tests and scenarios; a wrong member fails the test itself. */
const UNTYPED_JSON = Object.fromEntries(
  ['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [`@typescript-eslint/no-unsafe-${what}`, 'off']),
);

export default tseslint.config(
  { ignores: ['**/dist/**', '**/coverage/**', '.nx/**', '.millrace/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { rules: BUG_RULES },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: { ...TYPED_BUG_RULES, ...boundaries([]) },
  },
  { files: ['{libs,services}/*/src/**/*.ts'], ignores: TEST_FILES, rules: forbidImports(TEST_LIBRARY) },
  { files: PURE_FILES, ignores: TEST_FILES, rules: forbidImports(TEST_LIBRARY, FRAMEWORKS) },
  { files: TEST_FILES, rules: { ...UNTYPED_JSON, ...boundaries(USED_BY_TESTS_OF_LOWER_LIBS) } },
);
