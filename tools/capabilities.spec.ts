import { capabilityFaults, type CapableService } from './capabilities.js';
import { serviceDefinitions } from './service-definitions.js';
import { listFiles } from './source-tree.js';

// Goal: a capability is a folder with a face, listed by its service; whatever is half done is told by name.

const files = listFiles().filter(({ path }) => path.startsWith('services/'));
const definitions = await serviceDefinitions();

/** Files that the package of a service shows to others. */
function exportedBy(service: string): string[] {
  const { text } = files.find(({ path }) => path === `services/${service}/package.json`)!;
  const { exports } = JSON.parse(text) as { exports: Record<string, string | { types: string }> };
  return Object.values(exports).flatMap((target) => (typeof target === 'string' ? [] : [target.types.replace(/^\.\/src\/|\.ts$/g, '')]));
}

test.each(definitions)('the capabilities of $name are whole, and import each other’s faces from the bottom up', (definition) => {
  expect(capabilityFaults(definition, files, exportedBy(definition.name))).toEqual([]);
});

/** Monitoring with loans, a ledger below and repayments above; `files` are added or put in place of those of the same path. */
function faults(
  over: { loan?: readonly string[]; capabilities?: CapableService['capabilities']; files?: Readonly<Record<string, readonly string[]>> } = {},
): string[] {
  const tree: Record<string, readonly string[]> = {
    'monitoring.module': ['./ledger/capability.js', './loan/capability.js', './repayment/capability.js', '@millrace/service'],
    'ledger/capability': [],
    'ledger/entry': [],
    'loan/capability': ['./loan.js'],
    'loan/loan': ['../ledger/entry.js'],
    'loan/row': [],
    'repayment/capability': ['./repay.js'],
    'repayment/repay': ['../loan/loan.js', './bucket.js'],
    'repayment/bucket': [],
    'repayment/repay.spec': ['../loan/row.js'],
    ...over.files,
  };
  const ledger = { name: 'ledger', face: ['entry'] };
  const capabilities = over.capabilities ?? [ledger, { name: 'loan', face: over.loan ?? ['loan'] }, { name: 'repayment' }];
  const sources = Object.entries(tree).map(([path, imports]) => ({ path: `services/monitoring/src/${path}.ts`, imports: [...imports] }));
  return capabilityFaults({ name: 'monitoring', capabilities }, sources, ['monitoring.module']);
}

test('whole capabilities have no fault; a test may look into any folder', () => {
  expect(faults()).toEqual([]);
});

test.each<[string, Parameters<typeof faults>[0], string]>([
  [
    'an import past a face',
    { files: { 'repayment/repay': ['../loan/loan.js', '../loan/row.js'] } },
    'monitoring/repayment/repay imports loan/row, which is not in the face of loan',
  ],
  [
    'an import past a face by a file of no folder',
    { files: { 'check-rows': ['./loan/row.js'] } },
    'monitoring/check-rows imports loan/row, which is not in the face of loan',
  ],
  [
    'an import of another’s definition',
    { files: { 'repayment/repay': ['../loan/loan.js', '../loan/capability.js'] } },
    'monitoring/repayment/repay imports loan/capability, which is not in the face of loan',
  ],
  ['a file that is not there', { loan: ['loan', 'dues'] }, 'monitoring/loan has no dues.ts, which its face names'],
  ['a file that nobody imports', { loan: ['loan', 'row'] }, 'monitoring/loan: nobody imports row, which its face names'],
  ['a folder without a capability', { files: { 'warning/warn': [] } }, 'monitoring/warning has no capability.ts'],
  ['a capability that its service does not list', { files: { 'warning/capability': [] } }, 'monitoring does not list its capability warning'],
  [
    'a capability without a folder',
    { capabilities: [{ name: 'ledger', face: ['entry'] }, { name: 'loan', face: ['loan'] }, { name: 'warning' }, { name: 'repayment' }] },
    'monitoring lists warning, and has no such folder',
  ],
  [
    'an import of one that is listed after it',
    { capabilities: [{ name: 'loan', face: ['loan'] }, { name: 'ledger', face: ['entry'] }, { name: 'repayment' }] },
    'monitoring/loan/loan imports ledger/entry, but loan is listed before ledger',
  ],
])('%s is named', (_what, half, line) => {
  expect(faults(half)).toEqual([line]);
});
