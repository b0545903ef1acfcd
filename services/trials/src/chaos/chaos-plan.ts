import { seededRandom } from '@millrace/metrics';

/** One kill. */
export interface ChaosKill {
  /** Label of a process, or name of a server. */
  readonly victim: string;
  /** Share of the applications that have ended before: kills meet the first ones and the last ones in flight. */
  readonly afterShare: number;
  /** Wait from then on. */
  readonly afterMs: number;
  /** A server is started again after so long; a service by what watches over its process. */
  readonly awayMs: number;
  /** It is killed once more so long after it was started again, while it is starting or just up. */
  readonly againAfterMs?: number;
}

/** What can be killed. */
export interface Victims {
  readonly servers: readonly string[];
  /** Labels of each service's processes. */
  readonly services: readonly (readonly string[])[];
}

/** So many applications have ended when the last kill comes. */
export const LAST_SHARE = 0.9;

type Random = () => number;

const FIRST_SHARE = 0.2;
const MOST_WAIT_MS = 4_000;
const MOST_AWAY_MS = 6_000;
const SHARE_OF_SERVERS = 0.3;
const SHARE_KILLED_AGAIN = 0.2;
const MOST_AGAIN_MS = 4_000;

const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)]!;

function shuffled<T>(random: Random, all: readonly T[]): T[] {
  return all
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

const sharesOf = (random: Random, count: number): number[] => Array.from({ length: count }, () => random() * LAST_SHARE).sort((a, b) => a - b);

/** What is killed when, from a seed alone: first come every server and every service once, in any order, as far as there are so many kills. */
export function planChaos(seed: number, count: number, { servers, services }: Victims): ChaosKill[] {
  const random = seededRandom(seed);
  const once = shuffled(random, [...servers, ...services.map((labels) => pick(random, labels))]);
  const more = (): string => (random() < SHARE_OF_SERVERS ? pick(random, servers) : pick(random, pick(random, services)));
  const victims = shuffled(random, [...once, ...Array.from({ length: Math.max(0, count - once.length) }, more)].slice(0, count));
  return sharesOf(random, count).map((afterShare, at) => {
    const victim = victims[at]!;
    const again = random() < SHARE_KILLED_AGAIN && !servers.includes(victim);
    const [afterMs, awayMs, againAfterMs] = [MOST_WAIT_MS, MOST_AWAY_MS, MOST_AGAIN_MS].map((most) => Math.round(random() * most)) as [number, number, number];
    // The first one meets applications that were only just sent.
    return { victim, afterShare: at === 0 ? 0 : afterShare, afterMs, awayMs, ...(again ? { againAfterMs } : {}) };
  });
}

/** One instance of every service that has several, in any order, spread evenly over the run once all have had their share of it. */
export function planOneInstance(seed: number, { services }: Victims): ChaosKill[] {
  const random = seededRandom(seed);
  const several = services.filter((labels) => labels.length > 1);
  return shuffled(random, several).map((labels, at, all) => ({
    victim: pick(random, labels),
    afterShare: FIRST_SHARE + ((LAST_SHARE - FIRST_SHARE) * at) / all.length,
    afterMs: Math.round(random() * MOST_WAIT_MS),
    awayMs: 0,
  }));
}
