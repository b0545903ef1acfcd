import { randomInt } from 'node:crypto';
import colors from 'picocolors';
import { ConfigError } from '@millrace/service';
import type { DemoSystem } from '../demo/demo-system.js';
import { SandboxClient, type SandboxFirm } from '../demo/sandbox-client.js';
import type { AttackGroup, AttackOutcome, AttackTarget } from './attack.js';
import { AttackClient, closeAttackClients } from './attack-client.js';
import { attackWithBursts } from './bursts.js';
import { attackWithForeignAccount } from './foreign-account.js';
import { attackWithForgedTokens } from './forged-tokens.js';
import { attackWithHostileBodies } from './hostile-bodies.js';
import { attackAsNobody } from './nobody-in-particular.js';
import { attackByReading } from './reads.js';

/** All groups, in the order in which they are played; guesses of secrets last, as they may slow logins from this machine down. */
const GROUPS: readonly AttackGroup[] = [
  attackWithHostileBodies,
  attackWithForgedTokens,
  attackWithForeignAccount,
  attackWithBursts,
  attackByReading,
  attackAsNobody,
];
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;
const MAX_SEED = 2 ** 31 - 1;
const FIRMS_AT_ONCE = 20;

/** Refuses to attack anything that is not on this machine. */
export function refuseFarTargets(...urls: readonly string[]): void {
  const far = urls.find((url) => !LOOPBACK.test(new URL(url).hostname));
  if (far) throw new ConfigError(`${far} is not on this machine; attacks are played against loopback addresses only`);
}

/** One line an attack. */
export function lineOf({ id, what, statuses, answerBytes, otherWaitRatio, held, remark }: AttackOutcome): string {
  const came = Object.entries(statuses)
    .map(([status, count]) => (count === 1 ? status : `${status}×${count}`))
    .join(' ');
  const wait = otherWaitRatio === undefined ? '' : `other ${otherWaitRatio.toFixed(1)}×`;
  const verdict = held ? colors.green('held') : colors.red('BROKEN');
  return `${id.padEnd(7)} ${what.padEnd(46)} ${came.padEnd(18)} ${String(answerBytes).padStart(7)} B  ${wait.padEnd(12)} ${verdict}${remark ? ` (${remark})` : ''}`;
}

/** Firms one by one, made in small lots of a seed that no run has had before. */
function firmSource(sandbox: SandboxClient): () => Promise<SandboxFirm> {
  let lot: SandboxFirm[] = [];
  return async () => {
    if (lot.length === 0) lot = await sandbox.generate(randomInt(MAX_SEED), FIRMS_AT_ONCE);
    return lot.shift()!;
  };
}

function targetOf({ gatewayUrl, sandboxUrl, clientSecrets }: DemoSystem): AttackTarget {
  const sandbox = new SandboxClient(sandboxUrl);
  const clientOf = (clientId: string): AttackClient => new AttackClient(gatewayUrl, { clientId, clientSecret: clientSecrets[clientId] ?? '' });
  return {
    gatewayUrl,
    sandbox,
    newFirm: firmSource(sandbox),
    partner: clientOf('demo-partner'),
    riskOfficer: clientOf('demo-risk-officer'),
    approver: clientOf('demo-approver'),
    auditor: clientOf('demo-auditor'),
    nobody: new AttackClient(gatewayUrl),
  };
}

/** Plays every attack and tells each; answers how many are broken. */
export async function runAttack(system: DemoSystem, say: (line: string) => void): Promise<number> {
  refuseFarTargets(system.gatewayUrl, system.sandboxUrl);
  const target = targetOf(system);
  let broken = 0;
  try {
    for (const client of [target.partner, target.riskOfficer, target.approver, target.auditor]) await client.login();
    for (const group of GROUPS) {
      for await (const outcome of group(target)) {
        say(lineOf(outcome));
        if (!outcome.held) broken++;
      }
    }
  } finally {
    await closeAttackClients();
  }
  return broken;
}
