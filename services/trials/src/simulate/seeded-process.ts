import type { Clock } from '@millrace/contracts';
import { seededRandom } from '@millrace/metrics';

/**
 * Ids (UUIDv7), jitter and breakers of this process follow the seed and the simulated clock. They come from the platform and not from an injected
 * source, so they are replaced here, in the process of the simulation, and nowhere in the services. Keys and nonces of ciphers stay real.
 */
export function seedProcess(seed: number, clock: Clock): void {
  const random = seededRandom(seed);
  const fill = <T extends NodeJS.TypedArray>(array: T): T => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor(random() * 256);
    return array;
  };
  Object.defineProperty(globalThis.crypto, 'getRandomValues', { value: fill });
  Math.random = seededRandom(seed + 1);
  Date.now = () => clock.now().getTime();
}
