import { InvalidArgumentError, type Command } from 'commander';
import { FAILED, onInstallation, operatorCommand, print } from '../command/operator-command.js';
import type { Surroundings } from '../command/surroundings.js';

const DEFAULT_GRACE_SECONDS = 60;

function parseSeconds(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('it is not a number of seconds.');
  return Number(text);
}

/** `lendctl verify`: holds the books of all services against each other; exit code 1 where a rule is broken. */
export function verifyCommand(surroundings: Surroundings): Command {
  return operatorCommand('verify', 'check what must always hold over all services: applications, payments, accounts, journals, histories, messages')
    .option('--grace <seconds>', 'how long what is under way may take before its absence counts', parseSeconds, DEFAULT_GRACE_SECONDS)
    .action(({ grace }: { grace: number }, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ verifyInstallation }, { verifiedAsText }] = await Promise.all([import('./verify-installation.js'), import('./print-verify.js')]);
        const verified = await verifyInstallation(installation, grace * 1_000);
        print(command, { invariants: verified }, () => verifiedAsText(verified));
        const broken = verified.filter(({ findings }) => findings.length > 0);
        const count = broken.reduce((sum, { findings }) => sum + findings.length, 0);
        if (count > 0) command.error(`error: ${count} findings: ${broken.map(({ name }) => name).join(', ')}`, FAILED);
      }),
    );
}
