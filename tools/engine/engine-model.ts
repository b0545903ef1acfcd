/** A decision table in few words: for each rule only the cells that it fills. */
export interface PlainTable {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Text of a cell by the name of its column. */
  readonly rules: readonly Readonly<Record<string, string>>[];
}

/** The table as a model in the JDM format, which collects what every rule that fires gives. */
export function jdmOf({ inputs, outputs, rules }: PlainTable): string {
  const columns = (fields: readonly string[]): object[] => fields.map((field) => ({ id: field, name: field, field }));
  const empty = Object.fromEntries([...inputs, ...outputs].map((field) => [field, '']));
  const content = {
    hitPolicy: 'collect',
    inputs: columns(inputs),
    outputs: columns(outputs),
    rules: rules.map((rule, at) => ({ _id: String(at), ...empty, ...rule })),
  };
  const position = { x: 0, y: 0 };
  return JSON.stringify({
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
  });
}
