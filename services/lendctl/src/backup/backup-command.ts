import type { Command } from 'commander';
import { onInstallation, operatorCommand, print, say } from '../command/operator-command.js';
import type { Surroundings } from '../command/surroundings.js';

/** `lendctl backup`: every table as it stood at one moment, beside services that go on (R-TC-09). */
export function backupCommand(surroundings: Surroundings): Command {
  return operatorCommand('backup', 'write every table as it stands at one moment into a new directory; services go on')
    .requiredOption('--to <directory>', 'where the backup is written; it must not exist or be empty')
    .action(({ to, dataDir }: { to: string; dataDir?: string }, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ default: pg }, { processEnvironment }, { adminUrlOf, refuseKafka }, { saveDatabase }, { buildVersion }] = await Promise.all([
          import('pg'),
          import('@millrace/service'),
          import('./admin-access.js'),
          import('./save-database.js'),
          import('../command/build-version.js'),
        ]);
        const environment = surroundings.environment ?? processEnvironment();
        refuseKafka(environment, dataDir);
        const client = new pg.Client({ connectionString: adminUrlOf(environment, dataDir), application_name: 'lendctl backup' });
        await client.connect();
        try {
          const origin = { build: buildVersion(), takenAt: installation.clock.now() };
          const manifest = await saveDatabase(client, to, origin, ({ schema, table, rows }) => rows > 0 && say(command, `${schema}.${table}: ${rows} rows\n`));
          const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
          print(
            command,
            { directory: to, takenAt: manifest.takenAt, tables: manifest.tables.length, rows },
            () => `${rows} rows of ${manifest.tables.length} tables are in ${to}. The secrets are not: keep them, the field keys above all, apart from it.`,
          );
        } finally {
          await client.end();
        }
      }),
    );
}
