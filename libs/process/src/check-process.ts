import { DEADLINE_PASSED, START, TASK_DECISIONS, type AnyProcess } from './process.js';

/** What is wrong with a process table, in words; empty for a sound one. Run at the start, so that a bad row never meets a subject. */
export function processFaults(process: AnyProcess): string[] {
  return [...pairFaults(process), ...pathFaults(process), ...process.statuses.flatMap((status) => statusFaults(process, status)), ...triggerFaults(process)];
}

/** Throws for an unsound table. */
export function assertProcess(process: AnyProcess): void {
  const faults = processFaults(process);
  if (faults.length > 0) throw new Error(`the process of the ${process.table.name} is not sound: ${faults.join('; ')}`);
}

function pairFaults({ table: { rows, ignored } }: AnyProcess): string[] {
  const pairs = [...rows.map((row) => `${row.from} × ${row.on}`), ...ignored.flatMap((row) => row.in.map((status) => `${status} × ${row.on}`))];
  return [...new Set(pairs.filter((pair, index) => pairs.indexOf(pair) !== index))].map((pair) => `${pair} is said twice`);
}

/** Statuses that no path reaches, or from which no path ends. */
function pathFaults(process: AnyProcess): string[] {
  const { rows } = process.table;
  const reached = new Set<string>([START]);
  for (let size = 0; size !== reached.size;) {
    size = reached.size;
    for (const row of rows) if (reached.has(row.from)) reached.add(row.next);
  }
  const ending = new Set(process.statuses.filter((status) => !process.isLive(status)));
  for (let size = 0; size !== ending.size;) {
    size = ending.size;
    for (const row of rows) if (ending.has(row.next)) ending.add(row.from);
  }
  return process.statuses.flatMap((status) => [
    ...(reached.has(status) ? [] : [`${status} cannot be reached`]),
    ...(ending.has(status) ? [] : [`${status} cannot come to an end`]),
  ]);
}

function statusFaults(process: AnyProcess, status: string): string[] {
  const { party, waitingFor, deadline, task } = process.rule(status);
  const faults: string[] = [];
  const own = process.table.rows.filter((row) => row.from === status);
  if (party === null && own.some((row) => row.next !== status && !row.reopens && process.isLive(row.next)))
    faults.push(`${status} has ended, and yet it can be left`);
  if (party !== null && own.some((row) => row.reopens)) faults.push(`${status} has not ended, and yet a row opens it again`);
  if (party === null && waitingFor !== null) faults.push(`${status} has ended, and yet it waits for ${waitingFor}`);
  if (party === null && deadline) faults.push(`${status} has ended, and yet it has a deadline`);
  if (party !== null && !own.some((row) => row.next !== status)) faults.push(`${status} waits for ${party} and cannot be left`);
  if (waitingFor === 'staff' && !task) faults.push(`${status} waits for staff, and no task asks them`);
  if (task && !deadline) faults.push(`${status} has a task without a deadline`);
  if (deadline && !process.takes(status, DEADLINE_PASSED)) faults.push(`${status} has a deadline that leads nowhere`);
  if (!deadline && process.takes(status, DEADLINE_PASSED)) faults.push(`${status} has a row for a deadline, and no deadline`);
  if (task && !TASK_DECISIONS.every((on) => process.takes(status, on))) faults.push(`${status} has a task that cannot be decided both ways`);
  return faults;
}

function triggerFaults(process: AnyProcess): string[] {
  const used = new Set(process.table.rows.map(({ on }) => on));
  return process.triggers.filter((trigger) => !used.has(trigger)).map((trigger) => `${trigger} has an effect in no status`);
}
