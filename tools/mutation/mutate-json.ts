type Parent = Record<string | number, unknown>;

/** A changed copy of a JSON document, where it was changed, and how. */
export interface JsonMutant {
  /** Keys and places down to the changed value, joined by dots. */
  readonly path: string;
  readonly what: string;
  readonly document: unknown;
}

function textsOf(text: string): unknown[] {
  const digits = /^\d+$/.test(text) && text.length > 1;
  return digits ? [String(BigInt(text) + 1n), String(BigInt(text) - 1n), `${text}0`, text.slice(0, -1), `-${text}`, Number(text)] : [`${text}x`, ''];
}

function valuesOf(value: unknown): unknown[] {
  if (typeof value === 'number') return [value + 1, value - 1, value * 10, value / 10, -value, String(value), null];
  if (typeof value === 'string') return [...textsOf(value), null];
  return [null, {}, []];
}

/** Deep copies of a document with one place changed: every leaf, every key and every list. */
export function* jsonMutants(text: string, value: unknown = JSON.parse(text), path: readonly (string | number)[] = []): Generator<JsonMutant> {
  const edit = (what: string, change: (parent: Parent, key: string | number) => void): JsonMutant => {
    const document = JSON.parse(text) as Parent;
    const parent = path.slice(0, -1).reduce<Parent>((at, key) => at[key] as Parent, document);
    change(parent, path.at(-1)!);
    return { path: path.join('.'), what: `${path.join('.')} ${what}`, document };
  };
  if (path.length > 0) {
    for (const other of valuesOf(value)) {
      if (JSON.stringify(other) !== JSON.stringify(value)) yield edit(`→ ${JSON.stringify(other)}`, (parent, key) => (parent[key] = other));
    }
    yield edit('removed', (parent, key) => (Array.isArray(parent) ? void parent.splice(key as number, 1) : delete parent[key]));
    if (typeof path.at(-1) === 'string') {
      yield edit('renamed', (parent, key) => {
        parent[`${key}x`] = parent[key];
        delete parent[key];
      });
    }
  }
  if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) yield* jsonMutants(text, child, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}
