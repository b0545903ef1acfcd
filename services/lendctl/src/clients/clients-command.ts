import { Command, InvalidArgumentError, Option } from 'commander';
import { changingCommand, confirm, onInstallation, operatorCommand, print } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';

const MAX_OVERLAP_HOURS = 720;

function parseHours(text: string): number {
  const hours = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (!(hours <= MAX_OVERLAP_HOURS)) throw new InvalidArgumentError(`it is not a number of hours from 0 to ${MAX_OVERLAP_HOURS}.`);
  return hours;
}

/** `lendctl clients`: partners and staff of a running gateway; every instance follows within a second, without a restart (R-OP-06). */
export function clientsCommand(surroundings: Surroundings): Command {
  return new Command('clients')
    .description('clients of the gateway: partners and staff; changes count at once, without a restart')
    .addCommand(listCommand(surroundings))
    .addCommand(addCommand(surroundings))
    .addCommand(rotateCommand(surroundings))
    .addCommand(revokeCommand(surroundings));
}

function listCommand(surroundings: Surroundings): Command {
  return operatorCommand('list', 'every client with its organisation or roles, those that were revoked last').action((_options: unknown, command: Command) =>
    onInstallation(command, surroundings, async (installation) => {
      const [{ withClients }, { clientsAsTable }] = await Promise.all([import('./manage-clients.js'), import('./print-clients.js')]);
      const clients = await withClients(installation, (all) => all.list());
      print(command, clients, () => clientsAsTable(clients));
    }),
  );
}

interface AddOptions {
  readonly kind: 'partner' | 'staff';
  readonly tenant: string;
  readonly partner?: string;
  readonly roles: readonly string[];
  readonly by: string;
}

function addCommand(surroundings: Surroundings): Command {
  return changingCommand('add', 'a new client; its secret is shown this once')
    .argument('<client-id>', '1 to 64 letters, digits or ._@-')
    .addOption(
      new Option('--kind <kind>', 'an organisation that brings applications, or a member of the lender’s staff')
        .choices(['partner', 'staff'])
        .makeOptionMandatory(),
    )
    .requiredOption('--tenant <id>', 'the lender that the client belongs to')
    .option('--partner <id>', 'organisation whose applications the client sees; for partners')
    .option('--roles <roles>', 'roles, separated by commas; for staff', (text) => text.split(',').filter((role) => role !== ''), [] as string[])
    .action((clientId: string, { kind, tenant, partner, roles, by }: AddOptions, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const { changeClients } = await import('./manage-clients.js');
        await confirm(command, `Add the ${kind} ${clientId}?`);
        const client = { clientId, kind, tenantId: tenant, roles, ...(partner === undefined ? {} : { partnerId: partner }) };
        const clientSecret = await changeClients(installation, { command: 'clients add', parameters: client, by }, (clients) => clients.add(client as never));
        print(command, { clientId, clientSecret }, () => `${clientId} is added. Its secret, shown this once:\n${clientSecret}`);
      }),
    );
}

function rotateCommand(surroundings: Surroundings): Command {
  return changingCommand('rotate', 'a new secret for a client, shown this once')
    .argument('<client-id>', 'as lendctl clients list shows it')
    .option('--overlap-hours <hours>', 'how long the old secret is good too; with 0 it ends at once, and with it the tokens it got', parseHours, 0)
    .action((clientId: string, { overlapHours, by }: { overlapHours: number; by: string }, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const { changeClients } = await import('./manage-clients.js');
        await confirm(command, `Give ${clientId} a new secret?${overlapHours === 0 ? ' The old one and its tokens end at once.' : ''}`);
        const action = { command: 'clients rotate', parameters: { clientId, overlapHours }, by } as const;
        const clientSecret = await changeClients(installation, action, (clients) => clients.rotate(clientId, overlapHours));
        print(command, { clientId, clientSecret }, () => `The new secret of ${clientId}, shown this once:\n${clientSecret}`);
      }),
    );
}

function revokeCommand(surroundings: Surroundings): Command {
  return changingCommand('revoke', 'end a client for good: no more tokens, and those it has are refused')
    .argument('<client-id>', 'as lendctl clients list shows it')
    .action((clientId: string, { by }: { by: string }, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const { changeClients } = await import('./manage-clients.js');
        await confirm(command, `Revoke ${clientId} for good?`);
        await changeClients(installation, { command: 'clients revoke', parameters: { clientId }, by }, (clients) => clients.revoke(clientId));
        print(command, { clientId, revoked: true }, () => `${clientId} is revoked; its tokens are refused within a second.`);
      }),
    );
}
