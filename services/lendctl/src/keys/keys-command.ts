import { Command } from 'commander';
import { changingCommand, confirm, FAILED, onInstallation, operatorCommand, print, refuseWithoutTerminal, say } from '../command/operator-command.js';
import type { ListedService, RotatedService } from './print-keys.js';
import type { Surroundings } from '../command/surroundings.js';

/** `lendctl keys`: the keys that personal data is encrypted under. */
export function keysCommand(surroundings: Surroundings): Command {
  return new Command('keys')
    .description('keys of personal data: which are in use, and change to the first one of MILLRACE_FIELD_KEYS')
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
        const cipher = installation.fieldCipher();
        const listed: ListedService[] = [];
        for (const { service, records } of await sealedServices(installation))
          listed.push({ service, ...(await countKeys(installation.pool(service), records, cipher)) });
        print(command, { services: listed }, () => keysAsText(listed));
      }),
  );
}

const QUESTION = (keyId: string): string =>
  `Every running service must have a setting with "${keyId}" first. Encrypt all data keys and keyed hashes under "${keyId}"?`;

function rotateCommand(surroundings: Surroundings): Command {
  return changingCommand(
    'rotate',
    'change all data to the first key of MILLRACE_FIELD_KEYS, in small steps beside running services; can be ended and begun again',
  ).action(({ by }: { by: string }, command: Command) =>
    onInstallation(command, surroundings, async (installation) => {
      const cipher = installation.fieldCipher();
      refuseWithoutTerminal(command, QUESTION(cipher.currentKeyId));
      await confirm(command, QUESTION(cipher.currentKeyId));
      const [{ sealedServices }, { rotateService }, { rotationsAsText }] = await Promise.all([
        import('./sealed-services.js'),
        import('./rotate-service.js'),
        import('./print-keys.js'),
      ]);
      const rotations: RotatedService[] = [];
      for (const sealed of await sealedServices(installation))
        rotations.push({ service: sealed.service, ...(await rotateService(installation, sealed, cipher, by, (text) => say(command, text))) });
      print(command, { keyId: cipher.currentKeyId, services: rotations }, () => rotationsAsText(cipher.currentKeyId, rotations));
      const left = rotations.filter(({ broken, unfinished }) => unfinished || broken.length > 0);
      if (left.length > 0) command.error(`error: the old keys are still in use in ${left.map(({ service }) => service).join(', ')}`, FAILED);
    }),
  );
}
