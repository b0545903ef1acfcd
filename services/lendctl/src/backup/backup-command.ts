import { join } from 'node:path';
import type { Command } from 'commander';
import { onInstallation, operatorCommand, print, say } from '../command/operator-command.js';
import { lineOf } from '../trouble/operator-error.js';
import type { Surroundings } from '../installation/surroundings.js';

/** Beside the tables, so that anchors leave the machine with them. */
const ANCHORS_FILE = 'anchors.jsonl';

/** `lendctl backup`: every table as it stood at one moment, beside services that go on (R-TC-09). */
export function backupCommand(surroundings: Surroundings): Command {
  return operatorCommand('backup', 'write every table as it stands at one moment into a new directory; services go on')
    .requiredOption('--to <directory>', 'where the backup is written; it must not exist or be empty')
    .action(({ to, dataDir }: { to: string; dataDir?: string }, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ default: pg }, { processEnvironment }, { adminUrlOf, refuseKafka }, { saveDatabase }, { buildVersion }, { writeAnchor }, { exportAnchors }] =
          await Promise.all([
            import('pg'),
            import('@millrace/service'),
            import('./admin-access.js'),
            import('./save-database.js'),
            import('../command/build-version.js'),
            import('../anchor/write-anchor.js'),
            import('../anchor/export-anchors.js'),
          ]);
        const environment = surroundings.environment ?? processEnvironment();
        refuseKafka(environment, dataDir);
        // Before the tables are read, so that what is saved has everything that its anchors say.
        const anchor = await writeAnchor(installation).catch((error: unknown) => say(command, `the histories are not anchored: ${lineOf(error)}\n`));
        const client = new pg.Client({ connectionString: adminUrlOf(environment, dataDir), application_name: 'lendctl backup' });
        await client.connect();
        try {
          const origin = { build: buildVersion(), takenAt: installation.clock.now() };
          const manifest = await saveDatabase(client, to, origin, ({ schema, table, rows }) => rows > 0 && say(command, `${schema}.${table}: ${rows} rows\n`));
          const anchors = anchor && (await exportAnchors(installation.log, join(to, ANCHORS_FILE), anchor.sha256));
          const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
          print(
            command,
            { directory: to, takenAt: manifest.takenAt, tables: manifest.tables.length, rows, ...(anchors ? { anchors } : {}) },
            () => `${rows} rows of ${manifest.tables.length} tables are in ${to}. The secrets are not: keep them, the field keys above all, apart from it.`,
          );
        } finally {
          await client.end();
        }
      }),
    );
}
