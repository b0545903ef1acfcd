import { createHash } from 'node:crypto';
import { normalForm } from './normal-form.js';

/**
 * SHA-256, hex, of a firm's name in {@link normalForm}: two services compare a name by it, and no event carries the name itself, which is a person's
 * where the firm is a sole trader.
 */
export function nameSha256(name: string): string {
  return createHash('sha256').update(normalForm(name)).digest('hex');
}
