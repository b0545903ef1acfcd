import { TASK_EVENTS } from '@millrace/contracts';
import { entryOf } from '@millrace/reasons';
import { problemsOfKinds } from '@millrace/tasks';
import type { ModuleRef } from '@nestjs/core';
import { ConfigError } from './config.js';
import { STAFF_ROLES } from './rights.js';
import type { ServiceDefinition } from './service-definition.js';

function hasProvider(modules: Pick<ModuleRef, 'get'>, handler: Parameters<ModuleRef['get']>[0]): boolean {
  try {
    modules.get(handler, { strict: false });
    return true;
  } catch {
    return false;
  }
}

/** What is wrong with the kinds of tasks of a service, one plain line each with the kind's name; asked before it listens. */
export function problemsOfTaskKinds(
  { taskKinds = [], produces, name }: Pick<ServiceDefinition, 'taskKinds' | 'produces' | 'name'>,
  modules: Pick<ModuleRef, 'get'>,
): string[] {
  const isReason = (code: string): boolean => entryOf(code)?.use.some((use) => use === 'review' || use === 'task') ?? false;
  const known = { roles: STAFF_ROLES, isReason };
  const unsaid = TASK_EVENTS.filter((eventClass) => !produces.includes(eventClass));
  return [
    ...problemsOfKinds(
      taskKinds.map(({ kind }) => kind),
      known,
    ),
    ...taskKinds
      .filter(({ handler }) => handler !== 'at-once' && !(handler && hasProvider(modules, handler)))
      .map(({ kind }) => `task kind ${kind.kind}: its handler is no provider of the module of ${name}`),
    ...(taskKinds.length > 0 && unsaid.length > 0
      ? [`${name} has kinds of tasks and does not produce ${unsaid.map((eventClass) => eventClass.name).join(', ')}`]
      : []),
  ];
}

/** Throws one error with a line for each problem of the kinds of tasks. */
export function checkTaskKinds(definition: Pick<ServiceDefinition, 'taskKinds' | 'produces' | 'name'>, modules: Pick<ModuleRef, 'get'>): void {
  const lines = problemsOfTaskKinds(definition, modules);
  if (lines.length > 0) throw new ConfigError([`${definition.name} was not started:`, ...lines].join(lines.length === 1 ? ' ' : '\n  '));
}
