import { seededRandom } from '@millrace/metrics';

/** One kill of the whole process. */
export interface Kill {
  /** Share of the applications that have ended before: kills meet the first ones and the last ones in flight. */
  readonly afterShare: number;
  /** From when it is counted: while the process starts up, or when it answers. */
  readonly from: 'start' | 'ready';
  readonly afterMs: number;
}

/** So many applications have ended when the last kill comes. */
export const LAST_SHARE = 0.9;
const SHARE_WHILE_STARTING = 0.2;
const MOST_STARTING_MS = 2_500;
const MOST_READY_MS = 2_500;

/** When the process is killed, from a seed alone. */
export function planKills(seed: number, count: number): Kill[] {
  const random = seededRandom(seed);
  const shares = Array.from({ length: count }, () => random() * LAST_SHARE).sort((a, b) => a - b);
  return shares.map((share, index) => {
    const starting = random() < SHARE_WHILE_STARTING && index > 0;
    const afterMs = Math.round(random() * (starting ? MOST_STARTING_MS : MOST_READY_MS));
    // The first one meets applications that were only just sent.
    return { afterShare: index === 0 ? 0 : share, from: starting ? 'start' : 'ready', afterMs };
  });
}
