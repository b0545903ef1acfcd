import type { TaskKind } from '@millrace/tasks';
import { serviceDefinitions } from './service-definitions.js';
import { listFiles } from './source-tree.js';
import { exportedKinds, missingOfKinds } from './task-kind-files.js';

// Goal: a kind of task whose file was written and forgotten is named; what a kind itself must say, the start of its service asks for.
const sources = listFiles().filter(({ path }) => /^services\/[^/]+\/src\/.*(?<!\.spec)\.ts$/.test(path));
const texts = new Map(sources.map(({ path, text }) => [path, text]));
const definitions = await serviceDefinitions();
const files = sources.filter(({ path }) => path.endsWith('.task.ts')).map(({ path }) => path);
const kinds = (
  await Promise.all(
    files.map(async (path) => exportedKinds(path, (await import(new URL(`../${path}`, import.meta.url).href)) as Readonly<Record<string, unknown>>)),
  )
).flat();

test('every kind of task is listed by its service, and something opens it', () => {
  expect(new Set(kinds.map(({ path }) => path))).toEqual(new Set(files));
  // The list of all reviews repeats the record of them, for what holds whatever the stage.
  const named = kinds.filter(({ name }) => name !== 'ALL_REVIEW_KINDS');
  // Only a version before has opened it; what it left open is still decided.
  const opened = named.filter(({ name }) => name !== 'REPAYMENT_AMOUNT');
  expect(named.length - opened.length).toBe(1);
  expect(missingOfKinds(opened, definitions, texts)).toEqual([]);
});

test('a kind that only has its file lacks both, by name', () => {
  const kind = { kind: 'late-signature', question: 'What is to be done?', decisions: [] } as unknown as TaskKind;
  const path = 'services/loan-application/src/contract/late-signature.task.ts';
  const made = exportedKinds(path, { LATE_SIGNATURE: kind, HOURS: 24 });
  expect(missingOfKinds(made, definitions, texts)).toEqual([
    `${path}: late-signature is not in taskKinds of loan-application, so nobody can decide it`,
    `${path}: nothing opens late-signature`,
  ]);
  const opening = new Map([['services/loan-application/src/contract/sign.ts', 'await openTask(tx, LATE_SIGNATURE, {}, now);']]);
  expect(missingOfKinds(made, [{ name: 'loan-application', taskKinds: [{ kind }] }], opening)).toEqual([]);
});
