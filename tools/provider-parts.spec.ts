import { PROVIDERS } from '../services/provider-sandbox/src/fault/fault.dto.js';
import { missingOfProvider, type ProviderTexts } from './provider-parts.js';
import { serviceDefinitions } from './service-definitions.js';
import { listFiles } from './source-tree.js';

// Goal: an outside party that somebody has half added is named, with what it lacks: its page of the contract, its part of the sandbox, its faults, its caller.

const files = listFiles();
const texts: ProviderTexts = {
  contract: files.find(({ path }) => path === 'docs/provider-contract.md')!.text,
  sandbox: files
    .filter(({ path }) => path.startsWith('services/provider-sandbox/src/'))
    .map(({ text }) => text)
    .join('\n'),
  faults: PROVIDERS,
};
const definitions = await serviceDefinitions();
const parties = definitions.flatMap(({ name: service, outsideParties }) => outsideParties.map((party) => ({ service, ...party })));

test.each(parties)('$service asks $name, which has its page and its part of the sandbox', ({ parts }) => {
  expect(parts.length).toBeGreaterThan(0);
  expect(parts.flatMap((part) => missingOfProvider(part, texts))).toEqual([]);
});

test('the sandbox plays nobody whom no service asks', () => {
  const asked = new Set(parties.flatMap(({ parts }) => parts));
  expect(PROVIDERS.filter((part) => !asked.has(part))).toEqual([]);
});

test('every client that code makes is of a declared party', () => {
  const made = files
    .filter(({ path, text }) => /^services\/[^/]+\/src\/.*(?<!\.spec)\.ts$/.test(path) && text.includes('clients.create('))
    .map(({ path }) => path.split('/')[1]);
  expect([...new Set(made)].sort()).toEqual([...new Set(parties.map(({ service }) => service))].sort());
});

test('a source of a verification that has a folder has its line in sources.ts', () => {
  const root = 'services/kyc-antifraud/src/sources/';
  const listed = files.find(({ path }) => path === `${root}sources.ts`)!.imports;
  const own = files.filter(({ path }) => path.startsWith(root)).map(({ path }) => path.slice(root.length));
  const made = own.filter((path) => /^[a-z-]+\/[a-z-]+-sources?\.ts$/.test(path)).map((path) => `./${path.replace(/\.ts$/, '.js')}`);
  expect(made.length).toBeGreaterThan(5);
  expect(made.filter((path) => !listed.includes(path))).toEqual([]);
});

test('a provider that is only thought of lacks its page, its part of the sandbox and its faults, each by name', () => {
  expect(missingOfProvider('customs', texts)).toEqual([
    'docs/provider-contract.md: a section with the fault name `customs`',
    "services/provider-sandbox: a controller with @PlaysProvider('customs')",
    'services/provider-sandbox/src/fault/fault.dto.ts: customs in PROVIDERS',
  ]);
  expect(missingOfProvider('tax', { ...texts, contract: '' })).toEqual(['docs/provider-contract.md: a section with the fault name `tax`']);
});
