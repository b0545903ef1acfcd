import type { Command } from 'commander';
import { changingCommand, confirm, FAILED, onInstallation, print, say } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';
import { parseId } from '../story/events-command.js';

interface RebuildOptions {
  readonly model: string;
  readonly application?: string;
  readonly dryRun: boolean;
  readonly by: string;
}

/** `lendctl rebuild`: makes a read model anew from the log, beside the live one, and lets it take over where the two differ. */
export function rebuildCommand(surroundings: Surroundings): Command {
  return changingCommand('rebuild', 'make a read model anew from the log while the live one serves; where they differ, the rebuilt content takes over')
    .requiredOption('--model <name>', "the read model, e.g. the gateway's timeline")
    .option('--application <id>', 'only what the model has of this application and its loan', parseId)
    .option('--dry-run', 'compare only: exit code 1 where the live model is not what the log says', false)
    .action(({ model: name, application: applicationId, dryRun, by }: RebuildOptions, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ findModel }, { rebuildModel }, { rebuildAsText }, { Progress }, { recordAction }] = await Promise.all([
          import('./find-model.js'),
          import('./rebuild-model.js'),
          import('./print-rebuild.js'),
          import('../command/progress.js'),
          import('../command/record-action.js'),
        ]);
        const owned = await findModel(installation, name);
        const { service } = owned;
        if (!dryRun)
          await confirm(
            command,
            `Rebuild ${name} of ${service}${applicationId ? ` for application ${applicationId}` : ''} from the log and let it take over where it differs?`,
          );
        const rebuild = () => rebuildModel(installation, owned, new Progress(name, (text) => say(command, text)), { replace: !dryRun, applicationId });
        const parameters = { model: name, ...(applicationId ? { applicationId } : {}) };
        const report = dryRun ? await rebuild() : await recordAction(installation, service, { command: 'rebuild', parameters, by }, rebuild);
        print(command, report, () => rebuildAsText(report));
        if (dryRun && !report.equal) command.error(`error: ${name} is not what the log says`, FAILED);
      }),
    );
}
