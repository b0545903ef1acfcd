import type { ServiceDefinition } from '@millrace/service';

/** Kinds of a service's tasks that two persons decide, which is what operators decide. */
export function heldKinds({ taskKinds = [] }: ServiceDefinition): string[] {
  return taskKinds.filter(({ kind }) => kind.vote.kind === 'two-persons').map(({ kind }) => kind.kind);
}
