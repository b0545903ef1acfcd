import { InvalidArgumentError, type Command } from 'commander';
import { FAILED, onInstallation, operatorCommand, print } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';

const DEFAULT_GRACE_SECONDS = 60;

function parseSeconds(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('it is not a number of seconds.');
  return Number(text);
}

interface VerifyOptions {
  readonly grace: number;
  readonly anchors?: string;
  readonly thenAnchor: boolean;
}

/** `lendctl verify`: holds the books of all services against each other; exit code 1 where a rule is broken. */
export function verifyCommand(surroundings: Surroundings): Command {
  return operatorCommand('verify', 'check what must always hold over all services: applications, payments, accounts, journals, histories, messages')
    .option('--grace <seconds>', 'how long what is under way may take before its absence counts', parseSeconds, DEFAULT_GRACE_SECONDS)
    .option('--anchors <file>', 'also hold the histories against a file of lendctl anchor --out')
    .option('--then-anchor', 'where every rule holds, anchor the histories as lendctl anchor does', false)
    .action(({ grace, anchors, thenAnchor }: VerifyOptions, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ verifyInstallation }, { verifiedAsText }] = await Promise.all([import('./verify-installation.js'), import('./print-verify.js')]);
        const verified = await verifyInstallation(installation, grace * 1_000, anchors);
        const broken = verified.filter(({ findings }) => findings.length > 0);
        // What is found broken must not be anchored as if it were right.
        const anchor = thenAnchor && broken.length === 0 ? await (await import('../anchor/write-anchor.js')).writeAnchor(installation) : undefined;
        const { anchorAsText } = await import('../anchor/print-anchor.js');
        print(command, { invariants: verified, ...(anchor ? { anchor } : {}) }, () =>
          [verifiedAsText(verified), ...(anchor ? [anchorAsText(anchor)] : [])].join('\n'),
        );
        const count = broken.reduce((sum, { findings }) => sum + findings.length, 0);
        if (count > 0) command.error(`error: ${count} findings: ${broken.map(({ name }) => name).join(', ')}`, FAILED);
      }),
    );
}
