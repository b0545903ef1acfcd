import { InvalidArgumentError, Option, type Command } from 'commander';
import { onInstallation, operatorCommand, print } from '../command/operator-command.js';
import { OperatorError } from '../trouble/operator-error.js';
import type { Surroundings } from '../installation/surroundings.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An application's or loan's id as the log writes it. */
export function parseId(text: string): string {
  if (!UUID.test(text)) throw new InvalidArgumentError('it is not a UUID.');
  return text.toLowerCase();
}

/** `lendctl events`: the whole story of one application and its loan, from the log. */
export function eventsCommand(surroundings: Surroundings): Command {
  return operatorCommand('events', 'everything that happened to one application and its loan, what led to what, and what each consumer made of it')
    .addOption(new Option('--application <id>', 'id of the application').argParser(parseId).conflicts('loan'))
    .addOption(new Option('--loan <id>', 'id of the loan').argParser(parseId))
    .action(async ({ application, loan }: { application?: string; loan?: string }, command: Command) => {
      const id = application ?? loan;
      if (!id) command.error('error: say --application ID or --loan ID', { exitCode: 2 });
      await onInstallation(command, surroundings, async (installation) => {
        const [{ readStory }, { readOutcomes }, { storyAsJson, storyAsTable }] = await Promise.all([
          import('./read-story.js'),
          import('./read-outcomes.js'),
          import('./print-story.js'),
        ]);
        const story = await readStory(installation.log, id);
        if (story.length === 0) throw new OperatorError(`the log has no event of ${id}`);
        const outcomes = await readOutcomes(installation, story);
        const told = story.map((event) => ({ ...event, consumers: outcomes.get(event.eventId)! }));
        print(command, storyAsJson(told), () => storyAsTable(told));
      });
    });
}
