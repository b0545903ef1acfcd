import type { AnyContract, ConditionType, FieldType } from './table-contract.js';
import { SIGNAL_IN_TEXT, type Condition, type TableFile } from './table-rows.js';

/** A decision table in the engine's own language: for each rule only the cells that it fills. */
export interface EngineTable {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Text of a cell by the name of its column. */
  readonly rules: readonly Readonly<Record<string, string>>[];
}

/** A condition as the engine's cell: words need quotes in its language, a comparison must have none. */
export function conditionCell(condition: Condition, { type }: ConditionType): string {
  if (type !== 'words') return String(condition);
  return (typeof condition === 'object' ? condition : [condition]).map((word) => JSON.stringify(word)).join(', ');
}

/** A text with signals as an expression: `{months} months` is `string(months) + " months"`. */
function textCell(text: string, { inputs }: AnyContract): string {
  const terms: string[] = [];
  let from = 0;
  for (const { 0: part, 1: field, 2: divisor, index } of text.matchAll(SIGNAL_IN_TEXT)) {
    if (index > from) terms.push(JSON.stringify(text.slice(from, index)));
    const value = divisor === undefined ? field! : `${field} / ${divisor}`;
    terms.push(inputs[field!]!.type === 'words' ? value : `string(${value})`);
    from = index + part.length;
  }
  if (from < text.length) terms.push(JSON.stringify(text.slice(from)));
  return terms.join(' + ');
}

const outputCell = (value: unknown, type: FieldType, contract: AnyContract): string =>
  type.type === 'text' ? textCell(value as string, contract) : JSON.stringify(value);

/** What the engine is asked: a column for each signal that some row names, and one for each output. */
export function engineTable({ rows }: TableFile, contract: AnyContract): EngineTable {
  const outputs = Object.keys(contract.outputs);
  const cells = rows.map(({ code, when, then }) => {
    const given: Record<string, unknown> = { code, ...then };
    return {
      ...Object.fromEntries(Object.entries(when).map(([field, condition]) => [field, conditionCell(condition, contract.inputs[field]!)])),
      ...Object.fromEntries(Object.entries(given).map(([field, value]) => [field, outputCell(value, contract.outputs[field]!, contract)])),
    };
  });
  return { inputs: [...new Set(rows.flatMap(({ when }) => Object.keys(when)))], outputs, rules: cells };
}

/** The table as a model in the JDM format, which collects what every rule that fires gives. */
export function jdmOf({ inputs, outputs, rules }: EngineTable): Buffer {
  const columns = (fields: readonly string[]): object[] => fields.map((field) => ({ id: field, name: field, field }));
  // The engine takes a cell that is not there for one that is never true.
  const empty = Object.fromEntries([...inputs, ...outputs].map((field) => [field, '']));
  const content = {
    hitPolicy: 'collect',
    inputs: columns(inputs),
    outputs: columns(outputs),
    rules: rules.map((rule, at) => ({ _id: String(at), ...empty, ...rule })),
  };
  const position = { x: 0, y: 0 };
  const model = {
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position },
      { id: 'table', type: 'decisionTableNode', name: 'table', position, content },
      { id: 'out', type: 'outputNode', name: 'out', position },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'table', type: 'edge' },
      { id: 'b', sourceId: 'table', targetId: 'out', type: 'edge' },
    ],
  };
  return Buffer.from(JSON.stringify(model));
}
