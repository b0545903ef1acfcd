import type { AttackOutcome } from './attack.js';
import type { WireAnswer } from './attack-client.js';
import type { OtherWait } from './other-wait.js';

/** An answer to a refusal has a few kilobytes. */
export const SMALL_ANSWER_BYTES = 20_000;
/** How much longer than alone somebody else may wait beside an attack. */
const FAIR_RATIO = 2;
/** Such a wait is too long on any machine. What broke once took from ten seconds to two minutes. */
const TOO_LONG_MS = 2_000;

/** How often each status came. */
export function countStatuses(answers: readonly WireAnswer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** The outcome of answers that all have to meet one condition, with nobody else kept waiting; the first answer that does not is shown. */
export function judge(id: string, what: string, answers: readonly WireAnswer[], meets: (answer: WireAnswer) => boolean, other?: OtherWait): AttackOutcome {
  const outcome: AttackOutcome = {
    id,
    what,
    statuses: countStatuses(answers),
    answerBytes: Math.max(0, ...answers.map(({ bytes }) => bytes)),
    ...(other ? { other } : {}),
    verdict: 'held',
  };
  const bad = answers.find((answer) => !meets(answer));
  if (bad) return broken(outcome, `${bad.status} ${String(bad.body?.code ?? '')}`.trim());
  return other ? withWait(outcome, other) : outcome;
}

/** Where waits alone differ by as much as may be, the machine does other things, and the ratio of one run proves nothing. */
function withWait(outcome: AttackOutcome, { aloneMs, besideMs, felt, unrest }: OtherWait): AttackOutcome {
  if (felt <= FAIR_RATIO) return outcome;
  if (unrest < FAIR_RATIO || besideMs > TOO_LONG_MS)
    return broken(outcome, `somebody else waited ${Math.round(besideMs)} ms instead of ${Math.round(aloneMs)} ms`);
  return { ...outcome, remark: `the machine is too busy to judge the wait: alone it differs ${unrest.toFixed(1)} times` };
}

/** The outcome, not held for a reason that the statuses do not show. */
export function broken(outcome: AttackOutcome, remark: string): AttackOutcome {
  return { ...outcome, verdict: 'broken', remark };
}

/** An attack that never came to its point. */
export function notPlayed(id: string, what: string, why: string): AttackOutcome {
  return { id, what, statuses: {}, answerBytes: 0, verdict: 'not played', remark: why };
}

/** A refusal of the request itself, small and with a code. */
export const isSmallRefusal = ({ status, bytes, body }: WireAnswer): boolean =>
  status >= 400 && status < 500 && bytes <= SMALL_ANSWER_BYTES && typeof body?.code === 'string';
