import { resolve, type EventSchema, type JsonSchema, type WithDefs } from './json-schema.js';

/** One step of the comparison: two schemas at the same place, each with the root that its references lead into. */
interface Compared {
  readonly path: string;
  readonly before: JsonSchema;
  readonly after: JsonSchema;
}
interface Roots {
  readonly readers: readonly string[];
  readonly before: WithDefs;
  readonly after: WithDefs;
}

/** Limits that narrow when they rise, and those that narrow when they fall. */
const LOWER_LIMITS = ['minimum', 'minLength', 'minItems'] as const;
const UPPER_LIMITS = ['maximum', 'maxLength', 'maxItems'] as const;

/**
 * What a newer schema breaks. The log keeps its events for good, so a new class must read every old event; and services are deployed one by one,
 * so an old class must read every new event: find every field that it relies on, and no value that it refuses, or it would park the event. So a
 * field's values may be neither narrower nor wider, unless the enum was released as open, or nobody reads the event; new optional fields break nothing.
 * @param readers services and logins that read the event; somebody is assumed to where it is not given
 */
export function breakingChanges(before: EventSchema, after: EventSchema, readers: readonly string[] = ['a consumer']): string[] {
  const moved = (['x-topic', 'x-key'] as const).filter((keyword) => before[keyword] !== after[keyword]);
  const changes = moved.map((keyword) => `${keyword.slice(2)} changed from ${before[keyword]} to ${after[keyword]}`);
  return [...changes, ...compareFields({ path: '', before, after }, { before, after, readers })];
}

function compareFields({ path, before, after }: Compared, roots: Roots): string[] {
  const [old, now] = [before.properties ?? {}, after.properties ?? {}];
  const changes: string[] = [];
  for (const [name, schema] of Object.entries(old)) {
    const field = path === '' ? name : `${path}.${name}`;
    if (!now[name]) {
      changes.push(`${field}: removed or renamed`);
      continue;
    }
    changes.push(...comparePresence(field, before.required?.includes(name), after.required?.includes(name)));
    changes.push(...compareValues({ path: field, before: schema, after: now[name] }, roots));
  }
  const added = Object.keys(now).filter((name) => !old[name] && after.required?.includes(name));
  return [...changes, ...added.map((name) => `${path === '' ? name : `${path}.${name}`}: new and required; events written before lack it`)];
}

function comparePresence(field: string, wasRequired = false, isRequired = false): string[] {
  if (wasRequired && !isRequired) return [`${field}: may now be missing, and consumers rely on it`];
  if (!wasRequired && isRequired) return [`${field}: now required; events written before may lack it`];
  return [];
}

function compareValues({ path, before, after }: Compared, roots: Roots): string[] {
  const [old, now] = [resolve(before, roots.before), resolve(after, roots.after)];
  const types = typesOf(old.schema);
  const newTypes = typesOf(now.schema);
  const changes: string[] = [];
  if (old.nullable && !now.nullable) changes.push(`${path}: may no longer be null`);
  if (!old.nullable && now.nullable) changes.push(`${path}: may now be null, which a consumer of before refuses`);
  if ([...types].sort().join() !== [...newTypes].sort().join())
    return [...changes, `${path}: type changed from ${types.join(' or ')} to ${newTypes.join(' or ')}`];
  const place = { path, before: old.schema, after: now.schema };
  changes.push(...compareEnum(place, roots.readers), ...compareLimits(place));
  for (const keyword of ['pattern', 'format'] as const) {
    if (now.schema[keyword] !== old.schema[keyword]) {
      changes.push(`${path}: ${keyword} changed from ${old.schema[keyword] ?? 'none'} to ${now.schema[keyword] ?? 'none'}`);
    }
  }
  if (now.schema.items && old.schema.items) changes.push(...compareValues({ path: `${path}[]`, before: old.schema.items, after: now.schema.items }, roots));
  return [...changes, ...compareFields(place, roots)];
}

function typesOf({ type }: JsonSchema): string[] {
  const types = typeof type === 'string' ? [type] : [...(type ?? [])];
  return types.filter((name) => name !== 'null');
}

function compareEnum({ path, before, after }: Compared, readers: readonly string[]): string[] {
  if (!after.enum && !before.enum) return [];
  if (before['x-open'] && !after['x-open']) return [`${path}: no longer open; events written before may have other values`];
  if (!after.enum) return [`${path}: no longer limited to ${before.enum!.join(', ')}; a consumer of before refuses other values`];
  if (!before.enum) return [`${path}: now limited to ${after.enum.join(', ')}`];
  const lost = before.enum.filter((value) => value !== null && !after.enum!.includes(value));
  const gained = after.enum.filter((value) => value !== null && !before.enum!.includes(value));
  return [
    ...(lost.length === 0 ? [] : [`${path}: no longer takes ${lost.join(', ')}`]),
    ...(gained.length === 0 || before['x-open'] || readers.length === 0
      ? []
      : [`${path}: now also takes ${gained.join(', ')}, which ${readers.join(', ')} of before refuses; make the enum open a release earlier`]),
  ];
}

function compareLimits({ path, before, after }: Compared): string[] {
  const raised = LOWER_LIMITS.filter((limit) => (after[limit] ?? -Infinity) > (before[limit] ?? -Infinity));
  const lowered = UPPER_LIMITS.filter((limit) => (after[limit] ?? Infinity) < (before[limit] ?? Infinity));
  const changed = [...LOWER_LIMITS, ...UPPER_LIMITS].filter((limit) => after[limit] !== before[limit]);
  const narrowed = new Set<string>([...raised, ...lowered]);
  return changed.map((limit) =>
    narrowed.has(limit)
      ? `${path}: ${limit} narrowed from ${before[limit] ?? 'none'} to ${after[limit]}`
      : `${path}: ${limit} widened from ${before[limit]} to ${after[limit] ?? 'none'}, and a consumer of before refuses what is beyond`,
  );
}
