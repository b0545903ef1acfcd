import { setTimeout as delay } from 'node:timers/promises';
import type { Finding, VerifiedInvariant } from '@millrace/lendctl/invariant';
import type { PartitionLag } from '@millrace/lendctl/read-lag';
import { CONSUMER_DEFAULTS } from '@millrace/messaging';

/** On a quiet machine one session timeout is enough (docs/faults.md); a busy one gets so many before the run counts as broken. */
const SESSIONS_OF_STALL = 6;
const STALL_LIMIT_MS = SESSIONS_OF_STALL * CONSUMER_DEFAULTS.sessionTimeoutMs;
const LOOK_AGAIN_MS = 250;

type ServiceName = Finding['service'];

/**
 * No consumer stays behind when everything is at its end. The partner's answer is made from the gateway's own reading of the log, so another service
 * may read the last events a moment after the last application has ended: each is given the time in which a stalled one counts as broken.
 */
export async function checkLag(read: () => Promise<readonly PartitionLag[]>, limitMs = STALL_LIMIT_MS): Promise<VerifiedInvariant> {
  const behindNow = async (): Promise<readonly PartitionLag[]> => (await read()).filter(({ lag }) => lag !== 0n);
  const endsAt = performance.now() + limitMs;
  let behind = await behindNow();
  while (behind.length > 0 && performance.now() < endsAt) {
    await delay(LOOK_AGAIN_MS);
    behind = await behindNow();
  }
  return {
    name: 'no-lag',
    rule: 'Every consumer has read all that is in the log.',
    findings: behind.map(({ consumer, topic, partition, lag }) => ({ service: consumer, subject: `${topic}/${partition}`, what: `is ${lag} events behind` })),
  };
}

/** Whatever was killed is there again. */
export function checkReady(missing: readonly string[]): VerifiedInvariant {
  const finding = (label: string): Finding => ({ service: label.replace(/-\d+$/, '') as ServiceName, subject: label, what: 'has not become ready again' });
  return { name: 'all-back', rule: 'Every process that was killed is ready again.', findings: missing.map(finding) };
}

/** Work is spread over the instances of every service that takes events. */
export function checkSpread(handled: Readonly<Record<string, number>>): VerifiedInvariant {
  const byService = Map.groupBy(Object.entries(handled), ([label]) => label.replace(/-\d+$/, ''));
  const alone = [...byService].filter(([, all]) => all.some(([, events]) => events > 0) && all.filter(([, events]) => events > 0).length < 2);
  return {
    name: 'work-spreads',
    rule: 'More than one instance of every service handles events.',
    findings: alone.map(([service, all]) => ({
      service: service as ServiceName,
      subject: all.map(([label, events]) => `${label} ${events}`).join(', '),
      what: 'events handled',
    })),
  };
}

/** The death of one instance holds nothing up for much longer than its session. */
export function checkStall(longestWaitsMs: Readonly<Record<string, number>>): VerifiedInvariant {
  const late = Object.entries(longestWaitsMs).filter(([, waitMs]) => waitMs > STALL_LIMIT_MS);
  return {
    name: 'no-stall',
    rule: `No event waits longer than ${STALL_LIMIT_MS / 1_000} s for its consumer, ${SESSIONS_OF_STALL} times the session timeout.`,
    findings: late.map(([service, waitMs]) => ({ service: service as ServiceName, subject: 'an event', what: `waited ${(waitMs / 1_000).toFixed(1)} s` })),
  };
}
