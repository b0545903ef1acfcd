import type { Command } from 'commander';
import { confirm, changingCommand, print, say, reportTrouble } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';

/** `lendctl restore`: makes an installation's database from a backup, and proves it (R-TC-09). */
export function restoreCommand(surroundings: Surroundings): Command {
  return changingCommand('restore', 'make the database from a backup, prove that its rows are the same, and hold the books against each other')
    .requiredOption('--from <directory>', 'a backup that lendctl backup has written')
    .action(async ({ from, dataDir }: { from: string; dataDir?: string }, command: Command) => {
      await reportTrouble(command, async () => {
        await confirm(command, `Restore ${from}?`);
        const [{ processEnvironment }, { refuseKafka }, { describedTarget, restoreInstallation, standaloneTarget }] = await Promise.all([
          import('@millrace/service'),
          import('./admin-access.js'),
          import('./restore-installation.js'),
        ]);
        const environment = surroundings.environment ?? processEnvironment();
        refuseKafka(environment, dataDir);
        const target = dataDir === undefined ? await describedTarget(environment) : await standaloneTarget(dataDir);
        try {
          const manifest = await restoreInstallation(target, from, ({ schema, table, rows }) => rows > 0 && say(command, `${schema}.${table}: ${rows} rows\n`));
          await prove(command, { ...surroundings, environment: target.environment }, manifest);
        } finally {
          await target.close();
        }
      });
    });
}

/** The books of what was restored, as `lendctl verify` reads them. */
async function prove(
  command: Command,
  surroundings: Surroundings,
  { tables, takenAt }: { tables: readonly { rows: number }[]; takenAt: string },
): Promise<void> {
  const [{ openInstallation }, { verifyInstallation }, { verifiedAsText }] = await Promise.all([
    import('../installation/installation.js'),
    import('../verify/verify-installation.js'),
    import('../verify/print-verify.js'),
  ]);
  const installation = await openInstallation(surroundings);
  try {
    // Nothing is under way yet: what had not arrived at the moment of the backup arrives when the services start.
    const verified = await verifyInstallation(installation, Number.MAX_SAFE_INTEGER / 2);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    print(command, { takenAt, tables: tables.length, rows, invariants: verified }, () =>
      [`${rows} rows of ${tables.length} tables are as they stood at ${takenAt}.`, verifiedAsText(verified)].join('\n\n'),
    );
    const broken = verified.filter(({ findings }) => findings.length > 0);
    if (broken.length > 0) throw new Error(`what was restored breaks ${broken.map(({ name }) => name).join(', ')}, as what was saved did`);
  } finally {
    await installation.close();
  }
}
