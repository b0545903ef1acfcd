import { Command } from 'commander';

/** `lendctl migrate`: the job that makes every role and schema and applies the migrations that are due; a second run changes nothing. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description(
      'make the database, a role and a schema for every service, and apply all migrations that are due (settings: MILLRACE_DATABASE_URL and every MILLRACE_<SERVICE>_DATABASE_URL)',
    )
    .action(async (_options: unknown, command: Command) => {
      const { failStart, prepareDatabases, processEnvironment } = await import('@millrace/service');
      const { ALL_SERVICES } = await import('./all-services.js');
      const { readDatabases } = await import('./read-databases.js');
      try {
        const schemas = ALL_SERVICES.map(({ schema }) => schema);
        const databases = readDatabases(schemas, processEnvironment());
        await prepareDatabases({ ...databases, definitions: ALL_SERVICES });
        const made = Object.keys(databases.rolePassword).join(', ');
        command.configureOutput().writeOut?.(`database ${databases.database} is up to date: ${made}\n`);
      } catch (error) {
        failStart(error);
      }
    });
}
