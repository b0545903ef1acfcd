import type { Command } from 'commander';
import { onInstallation, operatorCommand, print } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';

/** `lendctl anchor`: what the heads of all histories are, where no service can change it; `lendctl verify` holds the histories against it (SEC-7). */
export function anchorCommand(surroundings: Surroundings): Command {
  return operatorCommand('anchor', 'write the heads of all histories to a topic that no service may write, so that verify finds a history that was rewritten')
    .option('--out <file>', 'also write all anchors to a new file, to be kept away from this machine and its administrators')
    .action(({ out }: { out?: string }, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ writeAnchor }, { exportAnchors }, { anchorAsText }] = await Promise.all([
          import('./write-anchor.js'),
          import('./export-anchors.js'),
          import('./print-anchor.js'),
        ]);
        const anchor = await writeAnchor(installation);
        const file = out === undefined ? undefined : { path: out, ...(await exportAnchors(installation.log, out, anchor.sha256)) };
        print(command, { ...anchor, ...(file ? { file } : {}) }, () => anchorAsText(anchor, file));
      }),
    );
}
