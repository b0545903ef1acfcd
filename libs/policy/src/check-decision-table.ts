import { readFileSync } from 'node:fs';
import { bareWord, CellTruth, edgeValues, quotedWords } from './cell-truth.js';
import { DecisionTable } from './decision-table.js';
import { type AnyContract, type FieldType, type TableContract } from './table-contract.js';
import { checkExamplesShape, runExamples, type TableExamples } from './table-examples.js';
import { readTable, type TableColumn, type TableContent, type TableRule } from './table-file.js';

const TRUTH = new CellTruth();

/** A cell of a rule that is filled. */
interface FilledCell {
  readonly column: TableColumn;
  readonly type: FieldType;
  readonly cell: string;
}

function checkShape({ hitPolicy, inputs, outputs, rules }: TableContent, contract: AnyContract): string[] {
  const problems: string[] = [];
  if (hitPolicy !== 'collect') problems.push(`its hit policy is ${hitPolicy}; it must be collect, so that no rule hides another`);
  const known = (columns: readonly TableColumn[], fields: object, what: string): void => {
    for (const { field } of columns) if (!(field in fields)) problems.push(`${what} ${field} is none; there are ${Object.keys(fields).sort().join(', ')}`);
    const ids = columns.map(({ id }) => id);
    for (const id of ids.filter((one, at) => ids.indexOf(one) !== at)) problems.push(`column ${id} is there twice`);
  };
  known(inputs, contract.inputs, 'input');
  known(outputs, contract.outputs, 'output');
  for (const [field, { optional }] of Object.entries(contract.outputs)) {
    if (!optional && !outputs.some((column) => column.field === field)) problems.push(`the output ${field} has no column`);
  }
  const ids = rules.map(({ _id }) => _id);
  for (const id of ids.filter((one, at) => !one || ids.indexOf(one) !== at)) problems.push(id ? `rule ${id} is there twice` : 'a rule has no _id');
  const columns = new Set(['_id', '_description', ...[...inputs, ...outputs].map(({ id }) => id)]);
  for (const rule of rules) {
    for (const key of Object.keys(rule)) if (!columns.has(key)) problems.push(`rule ${rule._id}: there is no column ${key}`);
    // The engine takes a cell that is not there for one that is never true.
    for (const { id } of inputs) if (typeof rule[id] !== 'string') problems.push(`rule ${rule._id} has no cell in column ${id}; one without a condition is ""`);
  }
  return problems;
}

function filledCells(rule: TableRule, content: TableContent, contract: AnyContract): FilledCell[] {
  return content.inputs
    .filter(({ id }) => (rule[id] ?? '').trim() !== '')
    .map((column) => ({ column, type: contract.inputs[column.field]!, cell: rule[column.id]! }));
}

/** Why a cell is no condition, or undefined; it must be able to be true and to be false. */
async function checkCell(text: string, content: TableContent, { column, type, cell }: FilledCell): Promise<string | undefined> {
  const bare = bareWord(cell);
  if (bare !== undefined) return `${bare} is no value; put words into quotes`;
  if (type.type === 'words') {
    const wrong = quotedWords(cell).find((word) => !type.words.includes(word));
    if (wrong !== undefined) return `"${wrong}" is none of ${type.words.join(', ')}`;
  }
  try {
    const answers = await Promise.all(edgeValues(type, [cell]).map((value) => TRUTH.of(text, content, column, cell, value)));
    if (!answers.includes(true)) return 'it can never be true, so the rule would never fire';
    if (!answers.includes(false)) return 'it is always true; leave the cell empty';
    return undefined;
  } catch (error) {
    return `it cannot be read (${(error as Error).message.split('\n')[0]!.slice(0, 120)})`;
  }
}

/** For each value beside an edge of the cell: the example that meets it while the rule's other cells are true. Answers the first value without one. */
async function missingEdge(rule: TableRule, at: FilledCell, table: CheckedTable): Promise<string | undefined> {
  const { text, content, contract, examples } = table;
  const others = filledCells(rule, content, contract).filter(({ column }) => column.id !== at.column.id);
  const inputs = [{}, ...examples.examples.map(({ given }) => given)].map((given) => ({ ...examples.usual, ...given }) as Record<string, unknown>);
  const reaching = await Promise.all(
    inputs.map(async (input) =>
      (await Promise.all(others.map(({ column, cell }) => TRUTH.of(text, content, column, cell, input[column.field])))).every((answer) => answer),
    ),
  );
  const met = new Set(inputs.filter((_, number) => reaching[number]).map((input) => input[at.column.field]));
  const values: unknown[] = edgeValues(at.type, [at.cell]).filter((value) => value !== null);
  const answers = await Promise.all(values.map((value) => TRUTH.of(text, content, at.column, at.cell, value)));
  const needed = new Set<unknown>();
  values.forEach((value, number) => {
    if (at.type.type !== 'whole') {
      if (answers[number] || at.type.type === 'boolean') needed.add(value);
    } else if (number > 0 && answers[number] !== answers[number - 1]) for (const edge of [values[number - 1], value]) needed.add(edge);
  });
  const besideWord = at.type.type !== 'words' || values.some((value, number) => !answers[number] && met.has(value));
  const missing = [...needed].find((value) => !met.has(value));
  if (missing !== undefined) {
    const fires = answers[values.indexOf(missing)];
    return `no example has ${at.column.field} ${JSON.stringify(missing)}, where it ${fires ? 'fires' : 'does not fire'}`;
  }
  return besideWord ? undefined : `no example has a ${at.column.field} at which it does not fire`;
}

interface CheckedTable {
  readonly text: string;
  readonly content: TableContent;
  readonly contract: AnyContract;
  readonly examples: TableExamples;
}

async function checkCells(rule: TableRule, table: CheckedTable): Promise<string[]> {
  const cells = filledCells(rule, table.content, table.contract);
  if (cells.length === 0) return [`rule ${rule._id} has no condition; it would fire on everything`];
  const wrong = await Promise.all(cells.map((cell) => checkCell(table.text, table.content, cell)));
  return wrong.flatMap((why, at) => (why === undefined ? [] : [`rule ${rule._id}, ${cells[at]!.column.field} ${cells[at]!.cell}: ${why}`]));
}

async function checkCoverage(rule: TableRule, table: CheckedTable): Promise<string[]> {
  const cells = filledCells(rule, table.content, table.contract);
  const missing = await Promise.all(cells.map((cell) => missingEdge(rule, cell, table)));
  return missing.filter((why) => why !== undefined).map((why) => `rule ${rule._id}: ${why}; add one to the examples`);
}

/** What is wrong with a table or its examples, a line each; none where every rule can fire, and fires exactly where its examples say. */
export async function checkTableTexts(text: string, examplesText: string, contract: AnyContract): Promise<string[]> {
  let content: TableContent;
  let examples: TableExamples;
  try {
    content = readTable(text);
    examples = JSON.parse(examplesText) as TableExamples;
  } catch (error) {
    return [(error as Error).message];
  }
  const shape = [...checkShape(content, contract), ...checkExamplesShape(examples, contract).map((why) => `examples: ${why}`)];
  if (shape.length > 0) return shape;
  const table = { text, content, contract, examples };
  const cells = (await Promise.all(content.rules.map((rule) => checkCells(rule, table)))).flat();
  if (cells.length > 0) return cells;
  const decided = await runExamples(new DecisionTable(Buffer.from(text), 'the table', contract), examples);
  if (decided.length > 0) return decided;
  return (await Promise.all(content.rules.map((rule) => checkCoverage(rule, table)))).flat();
}

/** The examples of a table lie beside it. */
export const examplesOf = (file: URL): URL => new URL(file.href.replace(/\.json$/, '.examples.json'));

/** As {@link checkTableTexts}, for a file and the examples beside it; each line begins with the name of the file. */
export async function checkDecisionTable<Input extends object, Hit extends object>(file: URL, contract: TableContract<Input, Hit>): Promise<string[]> {
  const name = file.pathname.split('/').at(-1)!;
  let texts: [string, string];
  try {
    texts = [readFileSync(file, 'utf8'), readFileSync(examplesOf(file), 'utf8')];
  } catch (error) {
    return [`${name}: ${(error as Error).message}`];
  }
  return (await checkTableTexts(...texts, contract as unknown as AnyContract)).map((problem) => `${name}: ${problem}`);
}
