import { randomInt } from 'node:crypto';
import colors from 'picocolors';
import { SandboxClient, type SandboxFirm } from '@millrace/client';
import { ConfigError } from '@millrace/service';
import type { DemoSystem } from '../demo/demo-system.js';
import { STAFF, type AttackGroup, type AttackOutcome, type AttackTarget, type FirmMix, type Staff, type Verdict } from './attack.js';
import { AttackClient, closeAttackClients } from './attack-client.js';
import { attackWithBursts } from './bursts.js';
import { attackWithForeignAccount } from './foreign-account.js';
import { attackWithForgedTokens } from './forged-tokens.js';
import { attackWithHostileBodies } from './hostile-bodies.js';
import { notPlayed } from './judge.js';
import { attackAsNobody } from './nobody-in-particular.js';
import { attackByReading } from './reads.js';
import { attackForTippingOff } from './tipping-off.js';

/** All groups with the findings that they play, in the order in which they are played; guesses of secrets last, as they may slow logins from this machine down. */
const GROUPS: readonly (readonly [ids: string, group: AttackGroup])[] = [
  ['SEC-1', attackWithHostileBodies],
  ['SEC-17', attackWithForgedTokens],
  ['SEC-9', attackWithForeignAccount],
  ['SEC-4', attackWithBursts],
  ['SEC-12', attackForTippingOff],
  ['SEC-16', attackByReading],
  ['SEC-3', attackAsNobody],
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
export function lineOf({ id, what, statuses, answerBytes, other, verdict, remark }: AttackOutcome): string {
  const came = Object.entries(statuses)
    .map(([status, count]) => (count === 1 ? status : `${status}×${count}`))
    .join(' ');
  const wait = other === undefined ? '' : `other ${other.aloneMs.toFixed(0)} → ${other.besideMs.toFixed(0)} ms, ${other.ratio.toFixed(1)}×`;
  const words: Readonly<Record<Verdict, string>> = { held: colors.green('held'), broken: colors.red('BROKEN'), 'not played': colors.yellow('not played') };
  return `${id.padEnd(7)} ${what.padEnd(46)} ${came.padEnd(18)} ${String(answerBytes).padStart(7)} B  ${wait.padEnd(25)} ${words[verdict]}${remark ? ` (${remark})` : ''}`;
}

/** Firms one by one, made in small lots of a seed that no run has had before. */
function firmSource(sandbox: SandboxClient): AttackTarget['newFirm'] {
  const lots = new Map<FirmMix, SandboxFirm[]>();
  return async (mix = 'healthy') => {
    const left = lots.get(mix) ?? [];
    const lot = left.length > 0 ? left : await sandbox.generate(randomInt(MAX_SEED), FIRMS_AT_ONCE, mix);
    lots.set(mix, lot);
    return lot.shift()!;
  };
}

function targetOf({ gatewayUrl, sandboxUrl, clientSecrets }: DemoSystem): AttackTarget {
  const sandbox = new SandboxClient(sandboxUrl);
  const clientOf = (clientId: string): AttackClient => new AttackClient(gatewayUrl, { clientId, clientSecret: clientSecrets[clientId] ?? '' });
  return {
    gatewayUrl,
    newFirm: firmSource(sandbox),
    partner: clientOf('demo-partner'),
    staff: Object.fromEntries(STAFF.map((who) => [who, clientOf(`demo-${who}`)])) as Record<Staff, AttackClient>,
    nobody: new AttackClient(gatewayUrl),
  };
}

/** A group to its end; one that stumbles over an answer it did not expect has not been played out, which is told like every outcome. */
export async function* playOut(ids: string, group: AttackGroup, target: AttackTarget): AsyncGenerator<AttackOutcome> {
  try {
    yield* group(target);
  } catch (error) {
    yield notPlayed(ids, 'the rest of its group', (error as Error).message);
  }
}

/** Plays every attack and tells each; answers how many came to which end. */
export async function runAttack(system: DemoSystem, say: (line: string) => void): Promise<Record<Verdict, number>> {
  refuseFarTargets(system.gatewayUrl, system.sandboxUrl);
  const target = targetOf(system);
  const ends: Record<Verdict, number> = { held: 0, broken: 0, 'not played': 0 };
  try {
    for (const client of [target.partner, ...Object.values(target.staff)]) await client.login();
    for (const [ids, group] of GROUPS) {
      for await (const outcome of playOut(ids, group, target)) {
        say(lineOf(outcome));
        ends[outcome.verdict]++;
      }
    }
  } finally {
    await closeAttackClients();
  }
  return ends;
}
