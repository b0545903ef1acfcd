import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Linux counts processor time in hundredths of a second for every program, whatever the kernel was built with. */
const TICKS_PER_SECOND = 100;

interface ProcessTime {
  readonly pid: number;
  readonly parent: number;
  /** Its own time, and that of its children that have ended. */
  readonly seconds: number;
}

/** Reads one line of `/proc/<pid>/stat`; the name in brackets may hold blanks and brackets. */
export function parseStat(line: string): ProcessTime {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number) as [number, number, number, number];
  return { pid: Number.parseInt(line, 10), parent: Number(fields[1]), seconds: (user + system + childrenUser + childrenSystem) / TICKS_PER_SECOND };
}

/** Time of a process and all that descend from it. */
export function timeOfTree(processes: readonly ProcessTime[], root: number): number {
  const own = processes.find(({ pid }) => pid === root);
  if (!own) return 0;
  return processes.filter(({ parent }) => parent === root).reduce((sum, { pid }) => sum + timeOfTree(processes, pid), own.seconds);
}

/** Processor seconds that a program and its children have used so far; undefined where the system does not tell. */
export function processorSeconds(pid: number): number | undefined {
  if (!existsSync('/proc/self/stat')) return undefined;
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [parseStat(readFileSync(join('/proc', name, 'stat'), 'utf8'))];
      } catch {
        // It ended between the listing and the look.
        return [];
      }
    });
  return timeOfTree(processes, pid);
}
