import { Command, InvalidArgumentError } from 'commander';
import { print, reportTrouble } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';
import { waitFor, waitOption } from '../command/wait-option.js';

interface TopicsOptions {
  readonly partitions?: number;
  readonly replication: number;
  readonly wait: number;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1_000) throw new InvalidArgumentError('a whole number from 1 to 1000');
  return value;
}

/** `lendctl topics`: the job that makes the topics of the committed list; a second run changes nothing. */
export function topicsCommand(surroundings: Surroundings): Command {
  return new Command('topics')
    .description('make the topics of the event log that are missing (settings: MILLRACE_KAFKA_BROKERS, or MILLRACE_EVENT_LOG_URL)')
    .option(
      '--partitions <count>',
      'partitions of a new topic: the most instances of one service that share its work; the committed number if not given',
      count,
    )
    .option('--replication <count>', 'copies of each partition of a new topic, on Kafka', count, 1)
    .addOption(waitOption())
    .option('--json', 'JSON for programs', false)
    .action(async (options: TopicsOptions, command: Command) => {
      const { applyTopics } = await import('./apply-topics.js');
      await reportTrouble(command, async () => {
        const topics = await waitFor(command, options.wait, () => applyTopics(surroundings, options));
        print(command, { topics }, () =>
          topics.map(({ name, partitions, made }) => `${name}: ${made ? 'made' : 'stands'}, ${partitions} partitions`).join('\n'),
        );
      });
    });
}
