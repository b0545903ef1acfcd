import { SERVICES } from '@millrace/service';
import { serviceDefinitions } from './service-definitions.js';
import { describeService, missingParts, SERVICE_PARTS, type DescribedService } from './service-parts.js';
import { listFiles } from './source-tree.js';

// Goal: whoever adds a service is told by name what it still lacks. What `npm start`, `lendctl` and the gateway need of it they read in the registry.

const files = new Map(listFiles().map((file) => [file.path, file.text]));
const definitions = await serviceDefinitions();

/** A change that somebody has begun: a service that keeps personal data, writes events and stands behind the gateway. */
const PORTFOLIO: DescribedService = { name: 'portfolio', port: 8086, place: 'inside', usesLog: true, produces: true, keepsPersonalData: true };

test('the registry has the services that have a folder, and no other', () => {
  expect(Object.keys(SERVICES).sort()).toEqual(definitions.map(({ name }) => name));
});

test.each(definitions)('no part of $name is missing', (definition) => {
  expect(missingParts(describeService(definition), (path) => files.get(path))).toEqual([]);
});

test.each(definitions)('what $name settings say of its place is what its definition says', (definition) => {
  const { place, usesLog } = describeService(definition);
  expect([definition.name, usesLog]).toEqual([definition.name, place !== 'outside']);
});

test('a service that is only thought of lacks every part, each by name', () => {
  const missing = missingParts(PORTFOLIO, (path) => files.get(path));
  expect(missing).toHaveLength(SERVICE_PARTS.length);
  expect(missing).toEqual(
    expect.arrayContaining([
      'libs/service/src/service-registry.ts: entry',
      'services/portfolio/src/portfolio.module.ts: definition',
      'deploy/prometheus/prometheus.yml: target',
      'deploy/kubernetes/base/gateway.yaml: address',
    ]),
  );
});

test('a service of which one part was forgotten is told that part alone', () => {
  const scoring = describeService(definitions.find(({ name }) => name === 'scoring')!);
  const without = (forgotten: string, what: RegExp) => (path: string) => (path === forgotten ? files.get(path)!.replaceAll(what, '') : files.get(path));
  const lacks = (forgotten: string, what: RegExp): string[] => missingParts(scoring, without(forgotten, what));
  expect(lacks('deploy/prometheus/prometheus.yml', /\bscoring, /g)).toEqual(['deploy/prometheus/prometheus.yml: target']);
  expect(lacks('libs/service/src/service-registry.ts', /^ {2}scoring: .*$/gm)).toEqual(['libs/service/src/service-registry.ts: entry']);
  expect(lacks('deploy/kubernetes/base/jobs.yaml', /MILLRACE_SCORING_DATABASE_URL/g)).toEqual([
    'deploy/kubernetes/base/jobs.yaml: database of the job migrate',
  ]);
  expect(lacks('docker-compose.yml', /^ {2}scoring:$/gm)).toEqual(['docker-compose.yml: container']);
});

test('the recipe in CONTRIBUTING.md names every file that is the same for all services', () => {
  const recipe = /^\*\*A service\.\*\*[^]*?\n\n(?=##|\*\*)/m.exec(files.get('CONTRIBUTING.md')!)![0];
  const shared = new Set(SERVICE_PARTS.map(({ file }) => file).filter((file) => typeof file === 'string'));
  expect([...shared].filter((file) => !recipe.includes(file))).toEqual([]);
});
