import { entryOf } from '@millrace/reasons';
import { problemsOfKinds } from '@millrace/tasks';
import { ConfigError } from './config.js';
import { STAFF_ROLES } from './rights.js';
import type { ServiceDefinition } from './service-definition.js';

/** What is wrong with the kinds of tasks of a service, one plain line each with the kind's name; asked before it listens. */
export function problemsOfTaskKinds({ taskKinds }: Pick<ServiceDefinition, 'taskKinds'>): string[] {
  const isReason = (code: string): boolean => entryOf(code)?.use.some((use) => use === 'review' || use === 'task') ?? false;
  return problemsOfKinds(
    taskKinds.map(({ kind }) => kind),
    { roles: STAFF_ROLES, isReason },
  );
}

/** Throws one error with a line for each problem of the kinds of tasks. */
export function checkTaskKinds(definition: Pick<ServiceDefinition, 'taskKinds' | 'name'>): void {
  const lines = problemsOfTaskKinds(definition);
  if (lines.length > 0) throw new ConfigError([`${definition.name} was not started:`, ...lines].join(lines.length === 1 ? ' ' : '\n  '));
}
