import { Command, InvalidArgumentError, Option } from 'commander';
import { changingCommand, confirm, FAILED, onInstallation, operatorCommand, print, say } from '../command/operator-command.js';
import { OperatorError } from '../trouble/operator-error.js';
import type { Surroundings } from '../installation/surroundings.js';

const CONSUMER = ['--consumer <name>', 'the service that parked it'] as const;

function parseNumber(text: string): bigint {
  if (!/^[1-9]\d{0,17}$/.test(text)) throw new InvalidArgumentError('it is not the number of a parked event.');
  return BigInt(text);
}

function parseLimit(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('it is not a number from 1 to 999999.');
  return Number(text);
}

/** `lendctl parked`: events that no handler took, and what to do about them. */
export function parkedCommand(surroundings: Surroundings): Command {
  return new Command('parked')
    .description('events that a handler did not take, and those of their keys that wait behind them')
    .addCommand(listCommand(surroundings))
    .addCommand(showCommand(surroundings))
    .addCommand(retryCommand(surroundings))
    .addCommand(discardCommand(surroundings));
}

interface ListOptions {
  readonly consumer?: string;
  readonly status: 'parked' | 'retried' | 'discarded';
  readonly key?: string;
  readonly limit: number;
}

function listCommand(surroundings: Surroundings): Command {
  return operatorCommand('list', 'parked events in the order in which a retry takes them')
    .option('--consumer <name>', 'only those of this service')
    .addOption(new Option('--status <status>', 'what became of them').choices(['parked', 'retried', 'discarded']).default('parked'))
    .option('--key <key>', 'only those of this application or loan')
    .option('--limit <count>', 'at most so many of each service', parseLimit, 100)
    .action(({ consumer, status, key, limit }: ListOptions, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ parkedEventsOf }, { parkedAsJson, parkedAsTable }] = await Promise.all([import('./open-parked.js'), import('./print-parked.js')]);
        const consumers = consumer === undefined ? installation.services : [installation.service(consumer)];
        const lists = await Promise.all(
          consumers.map(async (name) => {
            const events = await parkedEventsOf(installation, name).list({ status, limit, ...(key === undefined ? {} : { key }) });
            return events.map((event) => ({ ...event, consumer: name }));
          }),
        );
        print(
          command,
          lists.flat().map((event) => parkedAsJson(event)),
          () => parkedAsTable(lists.flat()),
        );
      }),
    );
}

function showCommand(surroundings: Surroundings): Command {
  return operatorCommand('show', 'one parked event with its payload and why it was parked')
    .argument('<id>', 'its number in the list', parseNumber)
    .requiredOption(...CONSUMER)
    .action((id: bigint, options: { consumer: string }, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ knownEvent, parkedEventsOf }, { shownAsJson, shownAsText }] = await Promise.all([import('./open-parked.js'), import('./print-parked.js')]);
        const consumer = installation.service(options.consumer);
        const event = { ...(await knownEvent(parkedEventsOf(installation, consumer), consumer, id)), consumer };
        print(command, shownAsJson(event), () => shownAsText(event));
      }),
    );
}

interface RetryOptions {
  readonly consumer: string;
  readonly key?: string;
  readonly id?: bigint;
  readonly all: boolean;
  readonly failedAt?: string;
  readonly by: string;
}

function retryCommand(surroundings: Surroundings): Command {
  return changingCommand('retry', 'give the parked events of a key to their handlers again, in order, until one fails')
    .requiredOption(...CONSUMER)
    .addOption(new Option('--key <key>', 'application or loan whose events are tried').conflicts('id'))
    .addOption(new Option('--id <id>', 'number of one event that has no key').argParser(parseNumber))
    .addOption(
      new Option('--all', 'every key, in the order in which they were parked; one that fails again stops no other').default(false).conflicts(['key', 'id']),
    )
    .addOption(new Option('--failed-at <hash>', 'with --all: only keys that failed at this place of the code, as `show` tells it').conflicts(['key', 'id']))
    .action(async ({ key, id, all, failedAt, by, ...options }: RetryOptions, command: Command) => {
      if (failedAt !== undefined && !all) command.error('error: --failed-at needs --all', { exitCode: 2 });
      if (all) return retryAll(command, surroundings, { ...options, by, ...(failedAt === undefined ? {} : { failedAt }) });
      if (key === undefined && id === undefined) command.error('error: say --key KEY, --id ID or --all', { exitCode: 2 });
      await onInstallation(command, surroundings, async (installation) => {
        const { knownEvent, retriableEventsOf, stillParked } = await import('./open-parked.js');
        const consumer = installation.service(options.consumer);
        const events = await retriableEventsOf(installation, consumer);
        if (id !== undefined) {
          const event = stillParked(await knownEvent(events, consumer, id));
          if (event.key !== '') throw new OperatorError(`event ${id} has a key, whose events are tried in order: lendctl parked retry --key ${event.key}`);
        }
        const waiting = id === undefined ? await events.list({ key: key!, limit: 1_000_000 }) : [];
        if (id === undefined && waiting.length === 0) throw new OperatorError(`${consumer} has no parked event of ${key}`);
        await confirm(
          command,
          id === undefined ? `Give ${waiting.length} parked events of ${key} to ${consumer} again?` : `Give event ${id} to ${consumer} again?`,
        );
        const result = id === undefined ? await events.retry(key!, by) : await events.retryOne(id, by);
        print(command, { consumer, ...result }, () => `${result.retried} ${result.retried === 1 ? 'event' : 'events'} handled.`);
        if (result.failed) command.error(`error: event ${result.failed.id} failed again: ${result.failed.reason.split('\n')[0]}`, FAILED);
      });
    });
}

/** Stopped keys that are named; the others are in the list. */
const STOPPED_SHOWN = 20;

async function retryAll(
  command: Command,
  surroundings: Surroundings,
  { consumer: name, by, failedAt }: { readonly consumer: string; readonly by: string; readonly failedAt?: string },
): Promise<void> {
  await onInstallation(command, surroundings, async (installation) => {
    const [{ countParked, retriableEventsOf }, { Progress }, { recordAction }] = await Promise.all([
      import('./open-parked.js'),
      import('../command/progress.js'),
      import('../command/record-action.js'),
    ]);
    const consumer = installation.service(name);
    const { keys, events } = await countParked(installation, consumer, failedAt);
    if (keys === 0) throw new OperatorError(`${consumer} has no parked event${failedAt === undefined ? '' : ` that failed at ${failedAt}`}`);
    await confirm(command, `Give ${events} parked events of ${keys} keys to ${consumer} again?`);
    const parked = await retriableEventsOf(installation, consumer);
    const progress = new Progress(consumer, (text) => say(command, text), events);
    const request = { by, onProgress: (count: number) => progress.add(count), ...(failedAt === undefined ? {} : { failedAt }) };
    const action = { command: 'parked retry', parameters: { consumer, all: true, failedAt }, by };
    const result = await recordAction(installation, consumer, action, () => parked.retryAll(request));
    const stopped = result.stopped
      .slice(0, STOPPED_SHOWN)
      .map(({ key, id, reason }) => `stopped: ${key || '(no key)'} at event ${id}: ${reason.split('\n')[0]}`);
    print(command, { consumer, ...result }, () =>
      [`${result.retried} events of ${result.keys} keys handled, ${result.stopped.length} keys stopped again.`, ...stopped].join('\n'),
    );
    if (result.givenUp)
      command.error(
        `error: every key of a batch failed again, the rest was not tried: the reason is still there (${result.stopped.at(-1)!.reason.split('\n')[0]})`,
        FAILED,
      );
    if (result.stopped.length > 0) command.error(`error: ${result.stopped.length} keys failed again; see lendctl parked list --consumer ${consumer}`, FAILED);
  });
}

function discardCommand(surroundings: Surroundings): Command {
  return changingCommand('discard', 'give one parked event up for good; those behind it can then be retried')
    .argument('<id>', 'its number in the list', parseNumber)
    .requiredOption(...CONSUMER)
    .action((id: bigint, options: { consumer: string; by: string }, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ knownEvent, parkedEventsOf, stillParked }, { shortType }] = await Promise.all([import('./open-parked.js'), import('../story/print-story.js')]);
        const consumer = installation.service(options.consumer);
        const events = parkedEventsOf(installation, consumer);
        const event = stillParked(await knownEvent(events, consumer, id));
        await confirm(command, `Give up event ${id} (${shortType(event.type)} of ${event.key || 'no key'}) of ${consumer} for good?`);
        if (!(await events.discard(id, options.by))) throw new OperatorError(`event ${id} is not parked any more`);
        const behind = event.key === '' ? [] : await events.list({ key: event.key, limit: 1_000_000 });
        const hint = behind.length === 0 ? '' : ` ${behind.length} of its key wait: lendctl parked retry --consumer ${consumer} --key ${event.key}`;
        print(command, { consumer, discarded: id, waiting: behind.length }, () => `Event ${id} is discarded.${hint}`);
      }),
    );
}
