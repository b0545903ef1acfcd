/** A column of a table. */
export interface TableColumn {
  readonly id: string;
  readonly field: string;
}

/** A row: its `_id`, a description for people, and a cell for each column that it fills. */
export type TableRule = Readonly<Record<string, string>> & { readonly _id: string };

/** What a table in the JDM format says, without what is only for the editor. */
export interface TableContent {
  readonly hitPolicy: string;
  readonly inputs: readonly TableColumn[];
  readonly outputs: readonly TableColumn[];
  readonly rules: readonly TableRule[];
}

interface JdmNode {
  readonly id: string;
  readonly type: string;
  readonly content: TableContent;
}

interface Jdm {
  readonly nodes: readonly JdmNode[];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isTable = ({ type }: JdmNode): boolean => type === 'decisionTableNode';

/** The one table of a JDM model; throws where the text is none. */
export function readTable(text: string): TableContent {
  const model: unknown = JSON.parse(text);
  if (!isRecord(model) || !Array.isArray(model['nodes'])) throw new Error('it is no decision model in the JDM format');
  const tables = (model as unknown as Jdm).nodes.filter(isTable);
  const [table] = tables;
  if (!table || tables.length > 1) throw new Error(`it must hold one decision table, and holds ${tables.length}`);
  const { content } = table;
  for (const list of ['inputs', 'outputs', 'rules'] as const) {
    if (!isRecord(content) || !Array.isArray(content[list])) throw new Error(`its table has no list of ${list}`);
  }
  return content;
}

/** The model with one rule only, of which one input cell is left: what this cell alone lets through. */
export function cellModel(text: string, content: TableContent, column: TableColumn, cell: string): Buffer {
  const model = JSON.parse(text) as Jdm;
  const outputs = content.outputs.slice(0, 1);
  const rule = { _id: 'cell', [column.id]: cell, ...Object.fromEntries(outputs.map(({ id }) => [id, 'true'])) };
  const nodes = model.nodes.map((node) => (isTable(node) ? { ...node, content: { hitPolicy: 'collect', inputs: [column], outputs, rules: [rule] } } : node));
  return Buffer.from(JSON.stringify({ ...model, nodes }));
}
