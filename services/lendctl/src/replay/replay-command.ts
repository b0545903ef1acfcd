import { InvalidArgumentError, type Command } from 'commander';
import { changingCommand, confirm, FAILED, onInstallation, print, refuseWithoutTerminal, say } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';
import { parseId } from '../story/events-command.js';
import { boundText, endsBeforeItBegins, parseBound, type ReplayBound } from './replay-range.js';

interface ReplayOptions {
  readonly consumer: string;
  readonly from: ReplayBound;
  readonly to?: ReplayBound;
  readonly application?: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly by: string;
}

function readBound(text: string): ReplayBound {
  const bound = parseBound(text);
  if (!bound) throw new InvalidArgumentError('it is neither an offset nor an instant with its time zone (2026-03-02T09:00:00+08:00).');
  return bound;
}

/** `lendctl replay`: gives past events to one consumer again; what its inbox knows stays as it is. */
export function replayCommand(surroundings: Surroundings): Command {
  return changingCommand('replay', 'give past events to one consumer again, through its own handlers and inbox: an event it has handled changes nothing')
    .requiredOption('--consumer <name>', 'the service whose handlers get the events')
    .requiredOption('--from <time|offset>', 'first event: an instant, or an offset in every partition', readBound)
    .option('--to <time|offset>', 'end, itself not included; the end of the log where it is not given', readBound)
    .option('--application <id>', 'only events of this application and its loan', parseId)
    .option('--dry-run', 'say what would be new, duplicate or refused and what would be written, and change nothing', false)
    .action((options: ReplayOptions, command: Command) => {
      const { from, to, application: applicationId, by } = options;
      if (endsBeforeItBegins(from, to)) command.error('error: --to is before --from', { exitCode: 2 });
      return onInstallation(command, surroundings, async (installation) => {
        const [{ ReplayRun }, { replayAsText }, { Progress }, { recordAction }] = await Promise.all([
          import('./run-replay.js'),
          import('./print-replay.js'),
          import('../command/progress.js'),
          import('../command/record-action.js'),
        ]);
        const consumer = installation.service(options.consumer);
        const models = (await installation.definition(consumer)).readModels.map(({ name }) => name);
        const question = `Give the events ${range(options)} to ${consumer} again?`;
        if (!options.dryRun) refuseWithoutTerminal(command, question);
        const run = await ReplayRun.prepare(installation, { consumer, from, to, applicationId });
        const progress = (what: string) => new Progress(what, (text) => say(command, text), run.size);
        if (options.dryRun) {
          const report = await run.rehearse(progress('rehearsal'));
          return print(command, report, () => replayAsText(report, models, applicationId));
        }
        // Whoever is asked sees first what the answer means.
        if (!options.yes) say(command, `${replayAsText(await run.rehearse(progress('rehearsal')), models, applicationId)}\n`);
        await confirm(command, question);
        const parameters = { consumer, from: boundText(from), to: to ? boundText(to) : 'end of the log', applicationId };
        const report = await recordAction(installation, consumer, { command: 'replay', parameters, by }, () => run.run(progress('replay')));
        print(command, report, () => replayAsText(report, models, applicationId));
        if (report.refused > 0) {
          command.error(
            `error: ${report.refused} events were refused; see lendctl parked list --consumer ${consumer} and lendctl refused list --consumer ${consumer}`,
            FAILED,
          );
        }
      });
    });
}

function range({ from, to, application }: ReplayOptions): string {
  const end = to ? `to ${boundText(to)}` : 'on';
  return `${application ? `of application ${application} ` : ''}from ${boundText(from)} ${end}`;
}
