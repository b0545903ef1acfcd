import { folderGraph, upwardImports } from './import-graph.js';
import { listFiles } from './source-tree.js';

const files = listFiles().filter(({ path }) => path.startsWith('services/') && path.endsWith('.ts'));
const services = [...new Set(files.map(({ path }) => path.split('/')[1]!))];

test.each(services)('the folders of %s import downwards only', (service) => {
  expect(upwardImports(folderGraph(service, files))).toEqual([]);
});

test('the hub’s answers to callers stand above all its parts: no part imports them', () => {
  const graph = folderGraph('loan-application', files);
  expect([...graph.keys()]).toEqual(expect.arrayContaining(['api', 'application', 'contract', 'drawdown', 'offer']));
  expect([...graph].filter(([, arrows]) => arrows.has('api')).map(([folder]) => folder)).toEqual([]);
});

test('an import that goes up is named with its file', () => {
  const file = (path: string, ...imports: string[]) => ({ path: `services/hub/src/${path}`, imports });
  const sound = [file('api/show.ts', '../offer/offer.js'), file('offer/offer.ts', '../application/read.js'), file('application/read.ts', './row.js', 'pg')];
  expect(upwardImports(folderGraph('hub', sound))).toEqual([]);
  const graph = folderGraph('hub', [...sound, file('application/write.ts', '../offer/offer.js'), file('application/write.spec.ts', '../api/show.js')]);
  expect(upwardImports(graph)).toEqual([
    'offer -> application: services/hub/src/offer/offer.ts',
    'application -> offer: services/hub/src/application/write.ts',
  ]);
});
