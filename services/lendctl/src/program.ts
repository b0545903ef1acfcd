import { Command } from 'commander';
import { aclsCommand } from './acls/acls-command.js';
import { anchorCommand } from './anchor/anchor-command.js';
import { backupCommand } from './backup/backup-command.js';
import { restoreCommand } from './backup/restore-command.js';
import { clientsCommand } from './clients/clients-command.js';
import { blocksCommand } from './blocks/blocks-command.js';
import { closeCommand } from './close/close-command.js';
import { heldCommand } from './held/held-command.js';
import type { Surroundings } from './installation/surroundings.js';
import { jobsCommand } from './jobs/jobs-command.js';
import { keysCommand } from './keys/keys-command.js';
import { lagCommand } from './lag/lag-command.js';
import { loanCommand } from './loan/loan-command.js';
import { migrateCommand } from './migrate/migrate-command.js';
import { parkedCommand } from './parked/parked-command.js';
import { policyCommand } from './policy/policy-command.js';
import { rebuildCommand } from './rebuild/rebuild-command.js';
import { refusedCommand } from './refused/refused-command.js';
import { reconcileCommand } from './reconcile/reconcile-command.js';
import { replayCommand } from './replay/replay-command.js';
import { scheduleCommand } from './schedule/schedule-command.js';
import { statusCommand } from './status/status-command.js';
import { eventsCommand } from './story/events-command.js';
import { topicsCommand } from './topics/topics-command.js';
import { verifyCommand } from './verify/verify-command.js';

/** Commander ends the process itself unless told not to, and a command added ready-made does not inherit that. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride().showSuggestionAfterError(false);
  command.commands.forEach(throwInsteadOfExit);
}

/** The whole command line. A command module loads light: what is heavy (Nest, a database) it imports inside its action, so that others start fast. */
export function createProgram(surroundings: Surroundings = {}): Command {
  const program = new Command('lendctl')
    .description('Operator command line of Millrace')
    .addCommand(statusCommand(surroundings))
    .addCommand(eventsCommand(surroundings))
    .addCommand(lagCommand(surroundings))
    .addCommand(keysCommand(surroundings))
    .addCommand(parkedCommand(surroundings))
    .addCommand(refusedCommand(surroundings))
    .addCommand(heldCommand(surroundings))
    .addCommand(blocksCommand(surroundings))
    .addCommand(replayCommand(surroundings))
    .addCommand(rebuildCommand(surroundings))
    .addCommand(verifyCommand(surroundings))
    .addCommand(reconcileCommand(surroundings))
    .addCommand(anchorCommand(surroundings))
    .addCommand(jobsCommand(surroundings))
    .addCommand(closeCommand(surroundings))
    .addCommand(clientsCommand(surroundings))
    .addCommand(backupCommand(surroundings))
    .addCommand(restoreCommand(surroundings))
    .addCommand(migrateCommand(surroundings))
    .addCommand(topicsCommand(surroundings))
    .addCommand(aclsCommand(surroundings))
    .addCommand(policyCommand(surroundings))
    .addCommand(scheduleCommand())
    .addCommand(loanCommand());
  throwInsteadOfExit(program);
  return program;
}
