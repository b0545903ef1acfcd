import { verifiedAsText } from '@millrace/lendctl/print-verify';
import type { ChaosReport } from './chaos-run.js';

const counts = (figures: Readonly<Record<string, number>>): string =>
  Object.entries(figures)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

/** The report for a person. */
export function reportAsText({ seconds, loans, killed, statuses, handled, longestWaitsMs, invariants }: ChaosReport): string {
  const kills = Object.values(killed).reduce((sum, count) => sum + count, 0);
  const waits = Object.entries(longestWaitsMs).map(([service, waitMs]) => `${service} ${(waitMs / 1_000).toFixed(1)} s`);
  return [
    `\n${loans} applications in ${seconds.toFixed(1)} s; ${kills} kills: ${counts(killed)}`,
    `applications: ${counts(statuses)}`,
    `events handled by each process (without the last seconds before a kill): ${counts(handled)}`,
    `longest wait of an event for its consumer: ${waits.join(', ')}`,
    verifiedAsText(invariants),
  ].join('\n');
}
