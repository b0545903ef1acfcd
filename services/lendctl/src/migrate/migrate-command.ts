import { Command } from 'commander';
import { reportTrouble } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';
import { waitFor, waitOption } from '../command/wait-option.js';

/** `lendctl migrate`: the job that makes every role and schema and applies the migrations that are due; a second run changes nothing. */
export function migrateCommand(surroundings: Surroundings): Command {
  return new Command('migrate')
    .description('make a role and a schema for every service and apply the migrations that are due; needs MILLRACE_DATABASE_URL of an administrator')
    .addOption(waitOption())
    .action(async ({ wait }: { readonly wait: number }, command: Command) => {
      const { loadService, prepareDatabases, processEnvironment } = await import('@millrace/service');
      const { installedServices, readDatabases } = await import('./read-databases.js');
      const environment = surroundings.environment ?? processEnvironment();
      await reportTrouble(command, async () => {
        const definitions = await Promise.all(installedServices(environment).map(loadService));
        const databases = readDatabases(
          definitions.map(({ schema }) => schema),
          environment,
        );
        await waitFor(command, wait, () => prepareDatabases({ ...databases, definitions }));
        command.configureOutput().writeOut?.(`database ${databases.database} is up to date: ${Object.keys(databases.rolePassword).join(', ')}\n`);
      });
    });
}
