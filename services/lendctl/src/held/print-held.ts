import { staffText } from '@millrace/reasons';
import { meaningOf, type TaskDecision, type TaskKind, type TaskStep } from '@millrace/tasks';
import { table } from '../command/print-table.js';
import type { Held, OwnedItem } from './open-held.js';

const pairs = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');

/** The list for people. */
export function heldAsTable(items: readonly OwnedItem[]): string {
  if (items.length === 0) return 'No item.';
  const rows = items.map(({ service, heldId, kind, subject, openedAt, status, decision, proposedBy }) => [
    service,
    heldId,
    kind,
    pairs(subject),
    openedAt.toISOString(),
    decision === null ? status : `${status}: ${decision} (${proposedBy})`,
  ]);
  return table(['service', 'id', 'kind', 'subject', 'since', 'status'], rows);
}

function decisionsOf(kind: TaskKind | undefined): readonly TaskDecision[] {
  return kind?.decisions ?? [];
}

/** One item with all that is known of it. */
export function shownHeldAsJson({ service, item, kind, steps, comments }: Held): unknown {
  return { service, ...item, question: kind?.question ?? null, decisions: decisionsOf(kind), comments, history: steps };
}

function decisionLines({ name, meaning, parameters, reasons }: TaskDecision): string[] {
  return [
    `  ${name}: ${meaning}`,
    ...Object.entries(parameters).map(([parameter, type]) => `    --set ${parameter}=VALUE   ${meaningOf(type)}`),
    ...reasons.map((code) => `    --reason ${code}   ${staffText(code, 'en')}`),
  ];
}

function stepLine({ at, action, by, decision, parameters, reason }: TaskStep): string {
  const what = [action.toLowerCase().replace('_', ' '), decision, parameters && pairs(parameters)].filter(Boolean).join(' ');
  return `  ${at.toISOString()} ${by}: ${what}${reason ? ` (${reason})` : ''}`;
}

/** The same for people. */
export function shownHeldAsText({ service, item, kind, steps, comments }: Held): string {
  const facts: [string, string][] = [
    ['service', service],
    ['id', item.heldId],
    ['kind', item.kind],
    ['question', kind?.question ?? '(this version does not know the kind)'],
    ['status', item.status],
    ['since', item.openedAt.toISOString()],
    ...Object.entries(item.subject),
    ...Object.entries(item.facts).map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    ...(item.failure === null ? [] : [['failure', item.failure] as [string, string]]),
  ];
  const width = Math.max(...facts.map(([name]) => name.length)) + 2;
  return [
    ...facts.map(([name, value]) => `${name.padEnd(width)}${value}`),
    'decisions',
    ...decisionsOf(kind).flatMap(decisionLines),
    ...(comments.length === 0 ? [] : ['comments', ...comments.map(({ by, comment }) => `  ${by}: ${comment}`)]),
    'history',
    ...steps.map(stepLine),
  ].join('\n');
}
