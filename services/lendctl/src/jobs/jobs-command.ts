import type { LendingService } from '@millrace/service';
import { Command, InvalidArgumentError, Option } from 'commander';
import { changingCommand, confirm, onInstallation, operatorCommand, print } from '../command/operator-command.js';
import { OperatorError } from '../trouble/operator-error.js';
import type { Surroundings } from '../installation/surroundings.js';
import type { Installation } from '../installation/installation.js';
import type { JobState, StoredJob } from './stored-jobs.js';

/** Most jobs that one command takes: a statement's array stays small, and the command can be given again. */
const MAX_JOBS = 10_000;
const DEFAULT_LIMIT = 100;

function parseIds(text: string): bigint[] {
  const ids = text.split(',');
  if (!ids.every((id) => /^[1-9]\d{0,17}$/.test(id))) throw new InvalidArgumentError('it is not a list of job numbers, separated by commas.');
  return ids.map(BigInt);
}

function parseLimit(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('it is not a number from 1 to 9999.');
  return Number(text);
}

/** `lendctl jobs`: work that services do outside transactions, and what to do where it has used up its tries (alert MillraceJobsDead). */
export function jobsCommand(surroundings: Surroundings): Command {
  return new Command('jobs')
    .description('jobs of the services: calls to the outside world and what follows them')
    .addCommand(listCommand(surroundings))
    .addCommand(
      changeCommand(surroundings, 'retry', 'run jobs again at once, with all their tries', 'Run %n again?', async (installation, service, ids) =>
        (await import('./stored-jobs.js')).retryJobs(installation, service, ids),
      ),
    )
    .addCommand(
      changeCommand(
        surroundings,
        'drop',
        'give jobs up for good; what they were for does not happen through them',
        'Drop %n for good?',
        async (installation, service, ids) => (await import('./stored-jobs.js')).dropJobs(installation, service, ids),
      ),
    );
}

interface ListOptions {
  readonly service?: string;
  readonly state: JobState | 'all';
  readonly limit: number;
}

function listCommand(surroundings: Surroundings): Command {
  return operatorCommand('list', 'jobs that have used up their tries, or others, with the reason of their last failure')
    .option('--service <name>', 'only those of this service')
    .addOption(new Option('--state <state>', 'which').choices(['dead', 'waiting', 'running', 'all']).default('dead'))
    .option('--limit <count>', 'at most so many of each service', parseLimit, DEFAULT_LIMIT)
    .action(({ service, state, limit }: ListOptions, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ listJobs, servicesWithJobs, serviceWithJobs }, { jobsAsTable }] = await Promise.all([import('./stored-jobs.js'), import('./print-jobs.js')]);
        const services = service === undefined ? await servicesWithJobs(installation) : [await serviceWithJobs(installation, service)];
        const which = { limit, ...(state === 'all' ? {} : { state }) };
        const jobs = (await Promise.all(services.map((name) => listJobs(installation, name, which)))).flat();
        print(command, jobs, () => jobsAsTable(jobs, state));
      }),
    );
}

interface ChangeOptions {
  readonly service: string;
  readonly id?: readonly bigint[];
  readonly allDead: boolean;
  readonly by: string;
}

/** The jobs that a person means: those that were named, or all that have used up their tries. */
async function jobsMeant(installation: Installation, service: LendingService, ids: readonly bigint[] | undefined): Promise<StoredJob[]> {
  const { listJobs } = await import('./stored-jobs.js');
  const jobs = await listJobs(installation, service, ids === undefined ? { state: 'dead', limit: MAX_JOBS } : { ids, limit: MAX_JOBS });
  const missing = (ids ?? []).filter((id) => !jobs.some((job) => job.id === id));
  if (missing.length > 0) throw new OperatorError(`${service} has no job ${missing.join(', ')}; see lendctl jobs list --state all --service ${service}`);
  if (jobs.length === 0) throw new OperatorError(`${service} has no job that has used up its tries`);
  const running = jobs.find(({ state }) => state === 'running');
  if (running) throw new OperatorError(`job ${running.id} of ${service} runs now; look again when it has ended`);
  return jobs;
}

function changeCommand(
  surroundings: Surroundings,
  name: 'retry' | 'drop',
  description: string,
  question: string,
  change: (installation: Installation, service: LendingService, ids: readonly bigint[]) => Promise<number>,
): Command {
  return changingCommand(name, description)
    .requiredOption('--service <name>', 'the service whose jobs they are')
    .addOption(new Option('--id <ids>', 'numbers, separated by commas').argParser(parseIds).conflicts('allDead'))
    .option('--all-dead', 'all that have used up their tries', false)
    .action(async ({ service: named, id, allDead, by }: ChangeOptions, command: Command) => {
      if (id === undefined && !allDead) command.error('error: say --id IDS or --all-dead', { exitCode: 2 });
      await onInstallation(command, surroundings, async (installation) => {
        const [{ serviceWithJobs }, { recordAction }] = await Promise.all([import('./stored-jobs.js'), import('../command/record-action.js')]);
        const service = await serviceWithJobs(installation, named);
        const ids = (await jobsMeant(installation, service, id)).map((job) => job.id);
        const count = ids.length === 1 ? `job ${ids[0]} of ${service}` : `${ids.length} jobs of ${service}`;
        await confirm(command, question.replace('%n', count));
        const action = { command: `jobs ${name}`, parameters: { ids }, by };
        const { changed } = await recordAction(installation, service, action, async () => ({ changed: await change(installation, service, ids) }));
        print(command, { service, [name]: changed }, () => `${changed} ${changed === 1 ? 'job' : 'jobs'} ${name === 'retry' ? 'will run again' : 'dropped'}.`);
      });
    });
}
