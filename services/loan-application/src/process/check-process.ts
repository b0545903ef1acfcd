import { LOAN_PROCESS, statusRule, STATUSES, type LoanProcess, type ProcessStatus } from './loan-process.js';

/** What is wrong with a process table, in words; empty for a sound one. Run at start, so that a bad row never meets an application. */
export function processFaults(process: LoanProcess = LOAN_PROCESS): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  const pairs = [
    ...process.rows.map((row) => `${row.from} × ${row.on}`),
    ...process.ignored.flatMap((ignored) => ignored.in.map((status) => `${status} × ${ignored.on}`)),
  ];
  for (const pair of pairs) {
    if (seen.has(pair)) faults.push(`${pair} is said twice`);
    seen.add(pair);
  }
  const reached = new Set<ProcessStatus>(['NEW']);
  for (let size = 0; size !== reached.size;) {
    size = reached.size;
    for (const row of process.rows) if (reached.has(row.from)) reached.add(row.next);
  }
  const ending = new Set((Object.keys(STATUSES) as ProcessStatus[]).filter((status) => statusRule(status).party === null));
  for (let size = 0; size !== ending.size;) {
    size = ending.size;
    for (const row of process.rows) if (ending.has(row.next)) ending.add(row.from);
  }
  for (const status of Object.keys(STATUSES) as ProcessStatus[]) {
    const rule = statusRule(status);
    const leaves = process.rows.some((row) => row.from === status && row.next !== status);
    if (!reached.has(status)) faults.push(`${status} cannot be reached`);
    if (!ending.has(status)) faults.push(`${status} cannot come to an end`);
    if (rule.party === null && leaves) faults.push(`${status} has ended, and yet it can be left`);
    if (rule.party === null && rule.deadline) faults.push(`${status} has ended, and yet it has a deadline`);
    if (rule.party !== null && !leaves) faults.push(`${status} waits for ${rule.party} and cannot be left`);
    if (rule.deadline && !process.rows.some((row) => row.from === status && row.on === 'DeadlinePassed'))
      faults.push(`${status} has a deadline that leads nowhere`);
    if (rule.review && !['ReviewCleared', 'ReviewRejected'].every((on) => process.rows.some((row) => row.from === status && row.on === on))) {
      faults.push(`${status} has a review task that cannot be decided both ways`);
    }
  }
  return faults;
}

/** Throws for an unsound table. */
export function assertProcess(process: LoanProcess = LOAN_PROCESS): void {
  const faults = processFaults(process);
  if (faults.length > 0) throw new Error(`the loan process is not sound: ${faults.join('; ')}`);
}
