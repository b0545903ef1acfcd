import type { TaskKind } from '@millrace/tasks';

/** A kind of task as a file of a service exports it, alone or among others. */
export interface ExportedKind {
  /** `services/<service>/src/…/<kind>.task.ts` */
  readonly path: string;
  /** Name of the export that holds it. */
  readonly name: string;
  readonly kind: string;
}

const isKind = (value: unknown): value is TaskKind =>
  typeof value === 'object' && value !== null && 'kind' in value && 'question' in value && 'decisions' in value;

/** Kinds among the exports of a file: single ones, and those of a list or a record. */
export function exportedKinds(path: string, exported: Readonly<Record<string, unknown>>): ExportedKind[] {
  return Object.entries(exported).flatMap(([name, value]) => {
    const kinds = isKind(value) ? [value] : typeof value === 'object' && value !== null ? Object.values(value).filter(isKind) : [];
    return kinds.map(({ kind }) => ({ path, name, kind }));
  });
}

/** What kinds still lack, a plain line each: a line in their service's `taskKinds`, or somebody who opens them. `texts` are the services' sources by path. */
export function missingOfKinds(
  kinds: readonly ExportedKind[],
  definitions: readonly { readonly name: string; readonly taskKinds?: readonly { readonly kind: TaskKind }[] }[],
  texts: ReadonlyMap<string, string>,
): string[] {
  const sources = [...texts];
  return kinds.flatMap(({ path, name, kind }) => {
    const service = path.split('/')[1]!;
    const listed = definitions.some((definition) => definition.name === service && definition.taskKinds?.some((one) => one.kind.kind === kind));
    // Some are opened by what takes in a change of a loan, which is given them as its question.
    const opens = new RegExp(`openTask\\([^;]*\\b${name}\\b|\\bquestion: ${name}\\b`);
    // What an operator begins is opened by lendctl, which names the kind.
    const opened = sources.some(
      ([other, text]) =>
        (other.startsWith(`services/${service}/`) && opens.test(text)) || (other.startsWith('services/lendctl/') && text.includes(`'${kind}'`)),
    );
    return [
      ...(listed ? [] : [`${path}: ${kind} is not in taskKinds of ${service}, so nobody can decide it`]),
      ...(opened ? [] : [`${path}: nothing opens ${kind}`]),
    ];
  });
}
