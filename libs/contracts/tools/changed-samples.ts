/** Values that stand in wrong places: other types, edges of limits, shapes that validators are known to let through. */
const SPOILS: readonly unknown[] = [
  null,
  undefined,
  '',
  'x',
  'x'.repeat(3_000),
  '2026-03-02',
  '2026-03-02T01:00:00+08:00',
  '-1',
  '01',
  '9'.repeat(18),
  '9'.repeat(19),
  'A'.repeat(60),
  'A'.repeat(61),
  '0'.repeat(64),
  0,
  -1,
  1.5,
  61,
  1_001,
  1e21,
  true,
  {},
  [],
  [null],
  [{}],
  [[]],
  ['x'],
];

export interface ChangedSample {
  readonly path: string;
  readonly value: unknown;
  readonly wire: object;
}

function* places(value: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) yield* places((value as Record<string, unknown>)[key], [...path, Array.isArray(value) ? Number(key) : key]);
}

/** A sample once per place and wrong value, e.g. to see whether two validators agree. */
export function* changedSamples(sample: object): Generator<ChangedSample> {
  for (const path of places(sample)) {
    for (const value of SPOILS) {
      const wire = structuredClone(sample);
      const parent = path
        .slice(0, -1)
        .reduce<Record<string | number, unknown>>((at, key) => at[key] as Record<string, unknown>, wire as Record<string, unknown>);
      const last = path.at(-1)!;
      // An absent field is told by leaving it out; a list has no holes.
      if (value === undefined && !Array.isArray(parent)) delete parent[last];
      else if (value !== undefined) parent[last] = structuredClone(value);
      yield { path: path.join('.'), value, wire };
    }
  }
}
