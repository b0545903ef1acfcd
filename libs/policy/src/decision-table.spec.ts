import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DecisionTable } from './decision-table.js';

const model = {
  contentType: 'application/vnd.gorules.decision',
  nodes: [
    { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
    {
      id: 'table',
      type: 'decisionTableNode',
      name: 'table',
      position: { x: 1, y: 0 },
      content: {
        hitPolicy: 'collect',
        inputs: [{ id: 'age', name: 'age', field: 'age' }],
        outputs: [{ id: 'code', name: 'code', field: 'code' }],
        rules: [{ _id: '1', age: '< 18', code: '"UNDER_AGE"' }],
      },
    },
    { id: 'out', type: 'outputNode', name: 'out', position: { x: 2, y: 0 } },
  ],
  edges: [
    { id: 'a', type: 'edge', sourceId: 'in', targetId: 'table' },
    { id: 'b', type: 'edge', sourceId: 'table', targetId: 'out' },
  ],
};

test('a JDM table collects every rule that fires', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'table-'));
  const file = join(folder, 'age.json');
  writeFileSync(file, JSON.stringify(model));
  const table = DecisionTable.fromFile<{ age: number }, { code: string }[]>(pathToFileURL(file));
  await expect(table.evaluate({ age: 17 })).resolves.toEqual([{ code: 'UNDER_AGE' }]);
  await expect(table.evaluate({ age: 18 })).resolves.toEqual([]);
  expect(table.sha256).toMatch(/^[0-9a-f]{64}$/);
  rmSync(folder, { recursive: true });
});
