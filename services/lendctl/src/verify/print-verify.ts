import pico from 'picocolors';
import { table } from '../command/print-table.js';
import type { VerifiedInvariant } from './invariant.js';

const MAX_SHOWN = 20;

/** Every rule with how it stands, then what was found. */
export function verifiedAsText(verified: readonly VerifiedInvariant[]): string {
  const rows = verified.map(({ name, rule, findings }) => [findings.length === 0 ? pico.green('holds') : pico.red('broken'), name, findings.length, rule]);
  const broken = verified.filter(({ findings }) => findings.length > 0);
  const details = broken.map(({ name, findings }) => {
    const shown = findings.slice(0, MAX_SHOWN).map(({ service, subject, what }) => `  ${service}: ${subject} ${what}`);
    const more = findings.length > MAX_SHOWN ? [`  … and ${findings.length - MAX_SHOWN} more (--json prints all)`] : [];
    return [pico.bold(name), ...shown, ...more].join('\n');
  });
  return [table(['', 'invariant', 'findings', 'rule'], rows, ['findings']), ...details].join('\n');
}
