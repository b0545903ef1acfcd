import { table } from '../command/print-table.js';
import type { JobState, StoredJob } from './stored-jobs.js';

function tries({ attempts, maxAttempts }: StoredJob): string {
  return `${attempts}/${maxAttempts}`;
}

/** Jobs as an operator reads them; the reason comes last, as it is long. */
export function jobsAsTable(jobs: readonly StoredJob[], state: JobState | 'all'): string {
  if (jobs.length === 0) return state === 'dead' ? 'No job has used up its tries.' : state === 'all' ? 'No jobs.' : `No job is ${state}.`;
  const rows = jobs.map((job) => [
    job.service,
    job.id,
    job.task,
    job.state,
    tries(job),
    job.runAt.toISOString(),
    Object.entries(job.payload)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join(' '),
    job.lastError ?? '-',
  ]);
  return table(['service', 'job', 'task', 'state', 'tries', 'due', 'for', 'last failure'], rows, ['job']);
}
