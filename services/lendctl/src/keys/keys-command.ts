import { Command } from 'commander';
import { changingCommand, confirm, FAILED, onInstallation, operatorCommand, print, refuseWithoutTerminal, say } from '../command/operator-command.js';
import type { ListedService, RotatedService } from './print-keys.js';
import type { SealedService } from './sealed-services.js';
import type { Surroundings } from '../installation/surroundings.js';

/** `lendctl keys`: the keys that personal data is encrypted under. */
export function keysCommand(surroundings: Surroundings): Command {
  return new Command('keys')
    .description("keys of personal data: which are in use, and change to the first one of each service's field keys")
    .addCommand(listCommand(surroundings))
    .addCommand(rotateCommand(surroundings));
}

function listCommand(surroundings: Surroundings): Command {
  return operatorCommand('list', 'every key that data was encrypted under, by its fingerprint, with the number of records under it').action(
    (_options: unknown, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ sealedServices }, { countKeys }, { keysAsText }] = await Promise.all([
          import('./sealed-services.js'),
          import('./count-keys.js'),
          import('./print-keys.js'),
        ]);
        const listed: ListedService[] = [];
        for (const { service, records, cipher } of await sealedServices(installation))
          listed.push({ service, ...(await countKeys(installation.pool(service), records, cipher)) });
        print(command, { services: listed }, () => keysAsText(listed));
      }),
  );
}

function questionOf(sealed: readonly SealedService[]): string {
  const keys = sealed.map(({ service, cipher }) => `"${cipher.currentKeyId}" of ${service}`).join(', ');
  return `Every running instance must have the new key first: ${keys}. Encrypt all data keys and keyed hashes under it?`;
}

function rotateCommand(surroundings: Surroundings): Command {
  return changingCommand(
    'rotate',
    'change all data to the first of the field keys of its service, in small steps beside running services; can be ended and begun again',
  ).action(({ by }: { by: string }, command: Command) =>
    onInstallation(command, surroundings, async (installation) => {
      const [{ sealedServices }, { rotateService }, { rotationsAsText }] = await Promise.all([
        import('./sealed-services.js'),
        import('./rotate-service.js'),
        import('./print-keys.js'),
      ]);
      const sealed = await sealedServices(installation);
      refuseWithoutTerminal(command, questionOf(sealed));
      await confirm(command, questionOf(sealed));
      const rotations: RotatedService[] = [];
      for (const one of sealed) {
        const rotation = await rotateService(installation, one, by, (text) => say(command, text));
        rotations.push({ service: one.service, keyId: one.cipher.currentKeyId, ...rotation });
      }
      print(command, { services: rotations }, () => rotationsAsText(rotations));
      const left = rotations.filter(({ broken, unfinished }) => unfinished || broken.length > 0);
      if (left.length > 0) command.error(`error: the old keys are still in use in ${left.map(({ service }) => service).join(', ')}`, FAILED);
    }),
  );
}
