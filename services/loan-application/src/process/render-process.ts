import { consult, LOAN_PROCESS, statusRule, STATUSES, TRIGGERS, type ProcessStatus, type Trigger } from './loan-process.js';

const statuses = Object.keys(STATUSES) as ProcessStatus[];
const triggers = Object.keys(TRIGGERS) as Trigger[];

function diagram(): string[] {
  const edges = new Map<string, Trigger[]>();
  for (const { from, next, on } of LOAN_PROCESS.rows) {
    if (from === next) continue;
    const edge = `${from === 'NEW' ? '[*]' : from} --> ${next}`;
    edges.set(edge, [...(edges.get(edge) ?? []), on]);
  }
  const ends = statuses.filter((status) => statusRule(status).party === null).map((status) => `  ${status} --> [*]`);
  return ['```mermaid', 'stateDiagram-v2', ...[...edges].map(([edge, on]) => `  ${edge}: ${on.join(', ')}`), ...ends, '```'];
}

function waiting(): string[] {
  const lines = statuses.map((status) => {
    const { party, deadline, review } = statusRule(status);
    return `| ${status} | ${party ?? 'ended'} | ${deadline ? `\`${deadline.name}\`, then ${deadline.reason}` : ''} | ${review ?? ''} |`;
  });
  return ['| Status | Who acts | Deadline of the policy pack | Review task |', '|---|---|---|---|', ...lines];
}

function transitions(): string[] {
  const lines = LOAN_PROCESS.rows.map((row) => `| ${row.from} | ${row.on} | ${row.next} | ${row.emits.join(', ')} |`);
  return ['| From | Trigger | Next | Emits |', '|---|---|---|---|', ...lines];
}

/** Cell of the walk: the next status, `ignored`, or `–` for what cannot be. */
export function cell(status: ProcessStatus, trigger: Trigger): string {
  const verdict = consult(status, trigger);
  return verdict.kind === 'row' ? verdict.row.next : verdict.kind === 'ignore' ? 'ignored' : '–';
}

function walk(): string[] {
  const lines = triggers.map((trigger) => `| ${trigger} | ${statuses.map((status) => cell(status, trigger)).join(' | ')} |`);
  return [`| Trigger | ${statuses.join(' | ')} |`, `|---|${statuses.map(() => '---|').join('')}`, ...lines];
}

/** `docs/loan-process.md`, made from the table. */
export function renderProcess(): string {
  return [
    '# The loan process',
    '',
    'Made from `services/loan-application/src/process/loan-process.ts` by `write-process-doc.ts`; a test holds it current. Do not edit.',
    '',
    ...diagram(),
    '',
    '## Who acts, and how long it may take',
    '',
    ...waiting(),
    '',
    '## Transitions',
    '',
    ...transitions(),
    '',
    '## Triggers',
    '',
    ...triggers.map((trigger) => `- **${trigger}**: ${TRIGGERS[trigger]}`),
    '',
    '## Every status × every trigger',
    '',
    '`ignored` is late or double and goes to the history only; `–` cannot be: an event is parked for a person, a request is refused with `WRONG_STATUS`.',
    '',
    ...walk(),
    '',
  ].join('\n');
}
