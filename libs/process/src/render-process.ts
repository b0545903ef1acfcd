import { START, type AnyProcess } from './process.js';
import { cellOf } from './walk-process.js';

const table = (head: readonly string[], lines: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---|').join('')}`,
  ...lines.map((cells) => `| ${cells.join(' | ')} |`),
];

function diagram(process: AnyProcess): string[] {
  const edges = new Map<string, string[]>();
  for (const { from, next, on } of process.table.rows) {
    if (from === next) continue;
    const edge = `${from === START ? '[*]' : from} --> ${next}`;
    edges.set(edge, [...(edges.get(edge) ?? []), on]);
  }
  const ends = process.statuses.filter((status) => !process.isLive(status)).map((status) => `  ${status} --> [*]`);
  return ['```mermaid', 'stateDiagram-v2', ...[...edges].map(([edge, on]) => `  ${edge}: ${on.join(', ')}`), ...ends, '```'];
}

function waiting(process: AnyProcess): string[] {
  return table(
    ['Status', 'Who acts', 'Waits for', 'Deadline of the policy release', 'Task', 'May be withdrawn'],
    process.statuses.map((status) => {
      const { party, waitingFor, deadline, task } = process.rule(status);
      const until = deadline ? `\`${deadline.name}\`, then ${deadline.reason}` : '';
      return [status, party ?? 'ended', waitingFor ?? '', until, task ?? '', process.isRevocable(status) ? 'yes' : ''];
    }),
  );
}

/** The part of `docs/loan-process.md` that is about one process, made from its table. */
export function renderProcess(process: AnyProcess): string[] {
  const { name, about, rows, ignored, triggers } = process.table;
  const columns = [START, ...process.statuses];
  return [
    `## The ${name}`,
    '',
    about,
    '',
    ...diagram(process),
    '',
    `### The ${name}: who acts, and how long it may take`,
    '',
    ...waiting(process),
    '',
    `### The ${name}: transitions`,
    '',
    ...table(
      ['From', 'Trigger', 'Next', 'Emits'],
      rows.map((row) => [row.from, row.on, row.next, row.emits.join(', ')]),
    ),
    '',
    `### The ${name}: triggers`,
    '',
    ...process.triggers.map((trigger) => `- **${trigger}**: ${triggers[trigger]}`),
    '',
    ...ignored.map((row) => `- ${row.on} is ignored in ${row.in.join(', ')}: ${row.why}`),
    ...(ignored.length > 0 ? [''] : []),
    `### The ${name}: every status × every trigger`,
    '',
    ...table(
      ['Trigger', ...columns],
      process.triggers.map((trigger) => [trigger, ...columns.map((status) => cellOf(process, status, trigger))]),
    ),
    '',
  ];
}
