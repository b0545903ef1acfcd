import { contentHash, isRecord } from '@millrace/contracts';
import { fits, saidType, type AnyContract, type ConditionType, type FieldType } from './table-contract.js';

/**
 * What a row asks of one signal: `true` or `false`; a word, or several of which one must hold; or, for a whole number, a comparison (`"< 12"`) or a range
 * (`"[3..5)"` has 3 and not 5). Nothing is true of a signal that no source gives.
 */
export type Condition = boolean | string | readonly string[];

/** One row: the code that it gives, the conditions that must all hold, what else it gives, and the rules that it comes from. */
export interface TableRow {
  readonly code: string;
  readonly when: Readonly<Record<string, Condition>>;
  /** Words, numbers, and texts in which `{signal}` or `{signal / 100}` stands for what was observed. */
  readonly then: Readonly<Record<string, unknown>>;
  /** For the people who read the table. */
  readonly note?: string;
  /** Codes of the register, as a parameter has them. */
  readonly cites: readonly string[];
}

/** A decision table as it is stored; every row whose conditions hold gives its code. */
export interface TableFile {
  readonly rows: readonly TableRow[];
}

/** A table of which every cell is known to its contract, with its hash. */
export interface ReadTable extends TableFile {
  /** Hash of the content, whatever its layout; stored with every decision that the table made. */
  readonly sha256: string;
}

/** A table that cannot be used; each fault is a line that names the row. */
export class TableFaults extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

const NUMBER_CONDITION = /^(?:(?:<|<=|>|>=|==) -?\d{1,15}|[[(]-?\d{1,15}\.\.-?\d{1,15}[\])])$/;
/** A signal that stands in a text, and what it is divided by. */
export const SIGNAL_IN_TEXT = /\{(\w+)(?: \/ (\d+))?\}/g;
const ROW_KEYS = ['code', 'when', 'then', 'note', 'cites'];

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const names = (fields: object): string => Object.keys(fields).sort().join(', ');

/** Why a condition is none of the signal's type, or undefined. */
function faultOfCondition(condition: unknown, type: ConditionType): string | undefined {
  switch (type.type) {
    case 'boolean':
      return typeof condition === 'boolean' ? undefined : 'it must be true or false';
    case 'whole':
      return typeof condition === 'string' && NUMBER_CONDITION.test(condition)
        ? undefined
        : 'it must be a comparison such as "< 12" or a range such as "[3..5)", which has 3 and not 5';
    case 'words': {
      const words: readonly unknown[] = Array.isArray(condition) ? condition : [condition];
      const wrong = words.find((word) => !type.words.includes(word as string));
      if (wrong !== undefined || words.length === 0) return `${JSON.stringify(wrong) ?? 'nothing'} is none of ${type.words.join(', ')}`;
      const twice = words.find((word, at) => words.indexOf(word) !== at);
      return twice === undefined ? undefined : `${JSON.stringify(twice)} stands twice`;
    }
  }
}

/** Why a value is none that the code can use, or undefined. */
function faultOfOutput(value: unknown, type: FieldType, contract: AnyContract): string | undefined {
  if (!fits(value, type)) return `it must be ${saidType(type)}`;
  if (type.type !== 'text') return undefined;
  const text = value as string;
  if (/["\\{}]/.test(text.replaceAll(SIGNAL_IN_TEXT, ''))) return 'a signal stands in it as {signal} or {signal / 100}, and quotes are none of its signs';
  for (const [, field = '', divisor] of text.matchAll(SIGNAL_IN_TEXT)) {
    const signal = contract.inputs[field];
    if (!signal) return `${field} is no signal; there are ${names(contract.inputs)}`;
    if (divisor !== undefined && (signal.type !== 'whole' || Number(divisor) === 0)) return `${field} cannot be divided by ${divisor}`;
  }
  return undefined;
}

function faultsOfRow(row: TableRow, contract: AnyContract): string[] {
  const { code: codes, ...outputs } = contract.outputs;
  const problems = Object.keys(row)
    .filter((key) => !ROW_KEYS.includes(key))
    .map((key) => `there is no column ${key}; there are ${ROW_KEYS.join(', ')}`);
  const unfit = faultOfOutput(row.code, codes!, contract);
  if (unfit !== undefined) problems.push(`code ${JSON.stringify(row.code)}: ${unfit}`);
  if (!isRecord(row.when) || Object.keys(row.when).length === 0) problems.push('it has no condition in when; it would fire on everything');
  for (const [field, condition] of Object.entries(isRecord(row.when) ? row.when : {})) {
    const type = contract.inputs[field];
    const why = type ? faultOfCondition(condition, type) : `there is no such signal; there are ${names(contract.inputs)}`;
    if (why !== undefined) problems.push(`when ${field} ${JSON.stringify(condition)}: ${why}`);
  }
  const given = isRecord(row.then) ? row.then : {};
  for (const [field, value] of Object.entries(given)) {
    const type = outputs[field];
    const why = type ? faultOfOutput(value, type, contract) : `a row gives no ${field}; it gives ${names(outputs)}`;
    if (why !== undefined) problems.push(`then ${field} ${JSON.stringify(value)}: ${why}`);
  }
  for (const [field, type] of Object.entries(outputs)) {
    if (!type.optional && !(field in given)) problems.push(`then has no ${field}; it must be ${saidType(type)}`);
  }
  if (row.note !== undefined && !isText(row.note)) problems.push('its note is no text');
  if (!Array.isArray(row.cites) || row.cites.length === 0 || !row.cites.every(isText))
    problems.push('it cites no rule; give cites the codes of the rules that it comes from');
  return problems;
}

/**
 * Reads a table as a contract knows it.
 * @throws TableFaults where the text is no table, or a row has a column, a word or a number that the code cannot use
 */
export function readTable(text: string, contract: AnyContract): ReadTable {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new TableFaults([`it is no JSON: ${(error as Error).message}`]);
  }
  const unknown = isRecord(file) ? Object.keys(file).filter((key) => key !== 'rows') : [];
  if (unknown.length > 0) throw new TableFaults([`it has ${unknown.join(', ')}; a table has rows and nothing else`]);
  if (!isRecord(file) || !Array.isArray(file['rows']) || file['rows'].length === 0) throw new TableFaults(['it has no list of rows']);
  const rows = file['rows'] as readonly TableRow[];
  const codes = rows.map((row) => row?.code);
  const faults = rows.flatMap((row, at) => {
    if (!isRecord(row)) return [`row ${at + 1} is none`];
    const name = `row ${isText(row.code) ? row.code : at + 1}`;
    const twice = codes.indexOf(row.code) !== at ? [`${name} is there twice`] : [];
    return [...twice, ...faultsOfRow(row, contract).map((fault) => `${name}: ${fault}`)];
  });
  if (faults.length > 0) throw new TableFaults(faults);
  return { rows, sha256: contentHash(file) };
}
