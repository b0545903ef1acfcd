import { readFileSync } from 'node:fs';
import { CellTruth, edgeValues } from './cell-truth.js';
import { DecisionTable } from './decision-table.js';
import { conditionCell } from './engine-model.js';
import type { AnyContract, ConditionType, TableContract } from './table-contract.js';
import { checkExamplesShape, runExamples, type TableExamples } from './table-examples.js';
import { readTable, TableFaults, type TableRow } from './table-rows.js';

const TRUTH = new CellTruth();

/** One condition of a row, as the engine reads it. */
interface FilledCell {
  readonly field: string;
  readonly type: ConditionType;
  readonly cell: string;
}

function cellsOf({ when }: TableRow, { inputs }: AnyContract): FilledCell[] {
  return Object.entries(when).map(([field, condition]) => ({ field, type: inputs[field]!, cell: conditionCell(condition, inputs[field]!) }));
}

/** Why a cell is no condition, or undefined; it must be able to be true and to be false. */
async function faultOfCell({ type, cell }: FilledCell): Promise<string | undefined> {
  const answers = await Promise.all(edgeValues(type, [cell]).map((value) => TRUTH.of(cell, value)));
  if (!answers.includes(true)) return 'it can never be true, so the row would never fire';
  // No answer of a source meets no condition, so a condition that asks nothing is one that every value meets.
  return answers.slice(0, -1).includes(false) ? undefined : 'every value meets it; leave it out';
}

async function faultsOfCells(row: TableRow, contract: AnyContract): Promise<string[]> {
  const cells = cellsOf(row, contract);
  const wrong = await Promise.all(cells.map(faultOfCell));
  return wrong.flatMap((why, at) => (why === undefined ? [] : [`row ${row.code}: when ${cells[at]!.field} ${cells[at]!.cell}: ${why}`]));
}

/** For each value beside an edge of the cell: the example that meets it while the row's other cells are true. Answers the first value without one. */
async function missingEdge(row: TableRow, at: FilledCell, contract: AnyContract, { usual, examples }: TableExamples): Promise<string | undefined> {
  const others = cellsOf(row, contract).filter(({ field }) => field !== at.field);
  const inputs = [{}, ...examples.map(({ given }) => given)].map((given) => ({ ...usual, ...given }) as Record<string, unknown>);
  const reaching = await Promise.all(
    inputs.map(async (input) => (await Promise.all(others.map(({ field, cell }) => TRUTH.of(cell, input[field])))).every((answer) => answer)),
  );
  const met = new Set(inputs.filter((_, number) => reaching[number]).map((input) => input[at.field]));
  const values: unknown[] = edgeValues(at.type, [at.cell]).filter((value) => value !== null);
  const answers = await Promise.all(values.map((value) => TRUTH.of(at.cell, value)));
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
    return `no example has ${at.field} ${JSON.stringify(missing)}, where it ${fires ? 'fires' : 'does not fire'}`;
  }
  return besideWord ? undefined : `no example has a ${at.field} at which it does not fire`;
}

async function faultsOfCoverage(row: TableRow, contract: AnyContract, examples: TableExamples): Promise<string[]> {
  const missing = await Promise.all(cellsOf(row, contract).map((cell) => missingEdge(row, cell, contract, examples)));
  return missing.filter((why) => why !== undefined).map((why) => `row ${row.code}: ${why}; add one to the examples`);
}

/** What is wrong with a table or its examples, a line each; none where every row can fire, and fires exactly where its examples say. */
export async function checkTableTexts(text: string, examplesText: string, contract: AnyContract): Promise<string[]> {
  let rows: readonly TableRow[];
  let examples: TableExamples;
  try {
    rows = readTable(text, contract).rows;
    examples = JSON.parse(examplesText) as TableExamples;
  } catch (error) {
    return error instanceof TableFaults ? [...error.faults] : [`examples: ${(error as Error).message}`];
  }
  const shape = checkExamplesShape(examples, contract).map((why) => `examples: ${why}`);
  if (shape.length > 0) return shape;
  const cells = (await Promise.all(rows.map((row) => faultsOfCells(row, contract)))).flat();
  if (cells.length > 0) return cells;
  const decided = await runExamples(new DecisionTable(text, contract), examples);
  if (decided.length > 0) return decided;
  return (await Promise.all(rows.map((row) => faultsOfCoverage(row, contract, examples)))).flat();
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
