import { InvalidArgumentError, Option, type Command } from 'commander';
import { lineOf } from '../trouble/operator-error.js';
import { say } from './operator-command.js';

const RETRY_MS = 2_000;
const MOST_SECONDS = 3_600;

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > MOST_SECONDS) throw new InvalidArgumentError(`a whole number from 0 to ${MOST_SECONDS}`);
  return seconds;
}

/** For commands that run as jobs of an installation, whose servers start in any order: a job that ends at once is held back longer each time. */
export function waitOption(): Option {
  return new Option('--wait <seconds>', 'how long to wait for servers that are not there yet').argParser(parseSeconds).default(0);
}

/** Tries until it succeeds or the time is over; says each new reason once. A setting that is wrong is not waited for. */
export async function waitFor<T>(command: Command, seconds: number, work: () => Promise<T>): Promise<T> {
  if (seconds === 0) return work();
  const { retryPatiently } = await import('@millrace/service');
  return retryPatiently(work, { patienceMs: seconds * 1_000, retryMs: RETRY_MS, onWait: (reason) => say(command, `waiting: ${lineOf(reason)}\n`) });
}
