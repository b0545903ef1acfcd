import { fits, type AnyContract, type FieldType } from '@millrace/policy';

/** A changed text of a table, and what was changed. */
export interface Mutant {
  readonly what: string;
  readonly text: string;
  /** The rule that was changed, by its place; undefined where it was more than one. */
  readonly rule?: number;
}

interface Column {
  id: string;
  field: string;
}
interface Content {
  hitPolicy: string;
  inputs: Column[];
  outputs: Column[];
  rules: Record<string, string>[];
}
interface Jdm {
  nodes: { type: string; content?: Content }[];
}

const NUMBER = /\d+/g;
const OPERATORS = ['<', '<=', '>', '>=', '=='];

/** Every number of a cell off by one, ten times as much, a tenth of it, and below zero. */
function numbersChanged(cell: string): string[] {
  return [...cell.matchAll(NUMBER)].flatMap(({ 0: digits, index }) => {
    const number = Number(digits);
    const others = [number + 1, number - 1, number * 10, Math.floor(number / 10), -number].filter((other) => other !== number);
    return others.map((other) => cell.slice(0, index) + String(other) + cell.slice(index + digits.length));
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

function wordsChanged(cell: string, type: FieldType): string[] {
  const words = [...cell.matchAll(/"([^"]*)"/g)].map(([, word]) => word!);
  if (words.length === 0) return [];
  const quoted = (list: readonly string[]): string => list.map((word) => `"${word}"`).join(', ');
  const known = type.type === 'words' ? type.words : [];
  return [
    ...words.map((_, at) => quoted(words.filter((__, other) => other !== at))),
    ...words.map((word) => cell.replace(`"${word}"`, word)),
    ...words.map((word) => cell.replace(word, `${word}x`)),
    ...known.filter((word) => !words.includes(word)).flatMap((word) => [quoted([...words, word]), quoted([word, ...words.slice(1)])]),
  ];
}

const flipped = (cell: string): string[] => (cell === 'true' ? ['false', '"true"', 'tru'] : cell === 'false' ? ['true', '"false"', 'flase'] : []);

/** Everything that a hand at the keyboard makes of a condition. */
export function cellMutants(cell: string, type: FieldType): string[] {
  const all = ['', 'null', 'true', ...numbersChanged(cell), ...operatorsChanged(cell), ...wordsChanged(cell, type), ...flipped(cell), `${cell} months`];
  return [...new Set(all)].filter((mutant) => mutant !== cell);
}

/** And of what a rule gives; `others` are the texts of the same column in other rules. */
export function outputMutants(cell: string, others: readonly string[]): string[] {
  const word = /^"(.*)"$/.exec(cell)?.[1];
  const all = [
    ...others,
    '',
    'null',
    ...(word === undefined ? numbersChanged(cell) : [word, `"${word}X"`, `"${word.slice(1)}"`]),
    ...(/^\d+$/.test(cell) ? [`"${cell}"`, `${cell}.5`] : []),
    ...flipped(cell),
  ];
  return [...new Set(all)].filter((mutant) => mutant !== cell);
}

/** Every mutant of a table in the JDM format: of each cell, each rule, each column and the hit policy. */
export function* tableMutants(text: string, contract: AnyContract): Generator<Mutant> {
  const change = (what: string, edit: (content: Content) => void, rule?: number): Mutant => {
    const model = JSON.parse(text) as Jdm;
    edit(model.nodes.find(({ type }) => type === 'decisionTableNode')!.content!);
    return { what, text: JSON.stringify(model), ...(rule === undefined ? {} : { rule }) };
  };
  const { inputs, outputs, rules } = (JSON.parse(text) as Jdm).nodes.find(({ type }) => type === 'decisionTableNode')!.content!;
  for (const [at, rule] of rules.entries()) {
    const name = rule['_id']!;
    for (const { id, field } of inputs) {
      const cell = rule[id] ?? '';
      const mutants = cell === '' ? [] : cellMutants(cell, contract.inputs[field]!);
      for (const mutant of mutants) yield change(`${name}: ${field} ${cell} → ${mutant || 'empty'}`, (content) => (content.rules[at]![id] = mutant), at);
      if (cell !== '') yield change(`${name}: ${field} misspelt`, (content) => renameKey(content.rules[at]!, id, `${id}x`), at);
    }
    for (const { id, field } of outputs) {
      const cell = rule[id] ?? '';
      const others = rules.map((other) => other[id] ?? '').filter((other, place) => place !== at && other !== '');
      const some = fits(true, contract.outputs[field]!) ? [] : [...new Set(others)].slice(0, 4);
      for (const mutant of outputMutants(cell, some))
        yield change(`${name}: ${field} ${cell} → ${mutant || 'empty'}`, (content) => (content.rules[at]![id] = mutant), at);
    }
    yield change(`${name} removed`, (content) => void content.rules.splice(at, 1));
    yield change(`${name} twice`, (content) => void content.rules.splice(at, 0, { ...rule }));
    yield change(`${name} twice under another id`, (content) => void content.rules.push({ ...rule, _id: `${name}-again` }));
    yield change(`${name} at the end`, (content) => void content.rules.push(...content.rules.splice(at, 1)));
  }
  for (const [at, { field }] of [...inputs, ...outputs].entries()) {
    const columns = (content: Content): Column[] => (at < inputs.length ? content.inputs : content.outputs);
    const place = at < inputs.length ? at : at - inputs.length;
    yield change(`column ${field} misspelt`, (content) => (columns(content)[place]!.field = `${field}x`));
    yield change(`column ${field} removed`, (content) => void columns(content).splice(place, 1));
  }
  yield change('hit policy first', (content) => (content.hitPolicy = 'first'));
}

function renameKey(object: Record<string, string>, from: string, to: string): void {
  object[to] = object[from]!;
  delete object[from];
}
