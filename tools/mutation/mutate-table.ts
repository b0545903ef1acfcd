import { fits, type AnyContract, type Condition, type FieldType, type TableFile, type TableRow } from '@millrace/policy';

/** A changed text of a table, and what was changed. */
export interface Mutant {
  readonly what: string;
  readonly text: string;
  /** The row that was changed, by its place; undefined where it was more than one. */
  readonly row?: number;
}

const NUMBER = /\d+/g;
const OPERATORS = ['<', '<=', '>', '>=', '=='];

/** Every number of a text off by one, ten times as much, a tenth of it, and below zero. */
function numbersChanged(text: string): string[] {
  return [...text.matchAll(NUMBER)].flatMap(({ 0: digits, index }) => {
    const number = Number(digits);
    const others = [number + 1, number - 1, number * 10, Math.floor(number / 10), -number].filter((other) => other !== number);
    return others.map((other) => text.slice(0, index) + String(other) + text.slice(index + digits.length));
  });
}

function operatorsChanged(cell: string): string[] {
  const operator = /^\s*(<=|>=|==|<|>)/.exec(cell)?.[1];
  const swapped = operator ? [...OPERATORS.filter((other) => other !== operator), '<<', '=>', '=<', ''].map((other) => cell.replace(operator, other)) : [];
  const brackets = /^[[(].*[\])]$/.test(cell)
    ? [(cell.startsWith('[') ? '(' : '[') + cell.slice(1), cell.slice(0, -1) + (cell.endsWith(']') ? ')' : ']'), cell.slice(1), cell.replace('..', ',')]
    : [];
  return [...swapped, ...brackets];
}

function wordsChanged(words: readonly string[], known: readonly string[]): unknown[] {
  return [
    ...words.map((_, at) => words.filter((__, other) => other !== at)),
    ...words.map((word) => words.map((one) => (one === word ? `${word}x` : one))),
    ...known
      .filter((word) => !words.includes(word))
      .flatMap((word) => [
        [...words, word],
        [word, ...words.slice(1)],
      ]),
    words.join(', '),
  ];
}

const except = (all: readonly unknown[], value: unknown): unknown[] => {
  const texts = new Set([JSON.stringify(value)]);
  return all.filter((one) => !texts.has(JSON.stringify(one)) && texts.add(JSON.stringify(one)));
};

/** Everything that a hand at the keyboard makes of a condition. */
export function conditionMutants(condition: Condition, type: FieldType): unknown[] {
  const of = (): unknown[] => {
    if (typeof condition === 'boolean') return [!condition, String(condition), 'tru'];
    if (type.type === 'words') return wordsChanged(typeof condition === 'object' ? condition : [condition], type.words);
    const cell = String(condition);
    return [...numbersChanged(cell), ...operatorsChanged(cell), `${cell} months`, `"${cell}"`];
  };
  return except(['', null, true, ...of()], condition);
}

/** And of what a row gives; `others` are the values of the same column in other rows. */
export function outputMutants(value: unknown, others: readonly unknown[]): unknown[] {
  const of = (): unknown[] => {
    if (typeof value === 'number') return [...numbersChanged(String(value)).map(Number), String(value), value + 0.5];
    if (typeof value === 'boolean') return [!value, String(value)];
    const text = String(value);
    return [...numbersChanged(text), `${text}X`, text.slice(1), text.replace('{', ''), text.replace('{', '{x')];
  };
  return except([...others, '', null, ...of()], value);
}

type Change<T> = { -readonly [Key in keyof T]: T[Key] };
interface Rows {
  rows: Change<TableRow>[];
}

function* cellMutants(row: TableRow, at: number, file: TableFile, contract: AnyContract): Generator<Mutant> {
  const change = (what: string, edit: (row: Change<TableRow>) => void): Mutant => {
    const copy = JSON.parse(JSON.stringify(file)) as Rows;
    edit(copy.rows[at]!);
    return { what: `${row.code}: ${what}`, text: JSON.stringify(copy), row: at };
  };
  const without = (values: Readonly<Record<string, unknown>>, field: string, as?: string): Record<string, unknown> =>
    Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (key !== field ? [[key, value]] : as === undefined ? [] : [[as, value]])));
  for (const [field, condition] of Object.entries(row.when)) {
    for (const mutant of conditionMutants(condition, contract.inputs[field]!))
      yield change(`when ${field} ${JSON.stringify(mutant)}`, (one) => (one.when = { ...row.when, [field]: mutant as Condition }));
    for (const as of [undefined, `${field}x`])
      yield change(`when ${field} ${as ? 'misspelt' : 'left out'}`, (one) => (one.when = without(row.when, field, as) as TableRow['when']));
  }
  const given: Readonly<Record<string, unknown>> = { code: row.code, ...row.then };
  for (const [field, value] of Object.entries(given)) {
    const others = file.rows.map((other) => (field === 'code' ? other.code : other.then[field])).filter((other) => other !== undefined);
    const some = fits(true, contract.outputs[field]!) ? [] : [...new Set(others)].slice(0, 5);
    for (const mutant of outputMutants(value, some))
      yield change(`then ${field} ${JSON.stringify(mutant)}`, (one) => {
        if (field === 'code') one.code = mutant as string;
        else one.then = { ...row.then, [field]: mutant };
      });
    if (field === 'code') continue;
    for (const as of [undefined, `${field}x`])
      yield change(`then ${field} ${as ? 'misspelt' : 'left out'}`, (one) => (one.then = without(row.then, field, as)));
  }
  yield change('cites nothing', (one) => (one.cites = []));
}

/** Every mutant of a table: of each condition, of what each row gives, and of the rows. */
export function* tableMutants(text: string, contract: AnyContract): Generator<Mutant> {
  const file = JSON.parse(text) as TableFile;
  const change = (what: string, edit: (copy: Rows) => void): Mutant => {
    const copy = JSON.parse(text) as Rows;
    edit(copy);
    return { what, text: JSON.stringify(copy) };
  };
  for (const [at, row] of file.rows.entries()) {
    yield* cellMutants(row, at, file, contract);
    yield change(`${row.code} removed`, ({ rows }) => void rows.splice(at, 1));
    yield change(`${row.code} twice`, ({ rows }) => void rows.splice(at, 0, { ...row }));
    yield change(`${row.code} at the end`, ({ rows }) => void rows.push(...rows.splice(at, 1)));
    for (const key of ['when', 'then', 'cites', 'code'])
      yield change(`${row.code}: ${key} misspelt`, ({ rows }) => (rows[at] = JSON.parse(JSON.stringify(row).replace(`"${key}":`, `"${key}s":`)) as TableRow));
  }
  yield change('rows misspelt', (copy) => Object.assign(copy, { row: copy.rows, rows: undefined }));
}
