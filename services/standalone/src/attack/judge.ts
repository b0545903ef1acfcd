import type { AttackOutcome } from './attack.js';
import type { WireAnswer } from './attack-client.js';

/** An answer to a refusal has a few kilobytes. */
export const SMALL_ANSWER_BYTES = 20_000;

/** How often each status came. */
export function countStatuses(answers: readonly WireAnswer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** The outcome of answers that all have to meet one condition; the first that does not is shown. */
export function judge(
  id: string,
  what: string,
  answers: readonly WireAnswer[],
  meets: (answer: WireAnswer) => boolean,
  otherWaitRatio?: number,
): AttackOutcome {
  const bad = answers.find((answer) => !meets(answer));
  return {
    id,
    what,
    statuses: countStatuses(answers),
    answerBytes: Math.max(0, ...answers.map(({ bytes }) => bytes)),
    ...(otherWaitRatio === undefined ? {} : { otherWaitRatio }),
    held: bad === undefined,
    ...(bad ? { remark: `${bad.status} ${String(bad.body?.code ?? '')}`.trim() } : {}),
  };
}

/** A refusal of the request itself, small and with a code. */
export const isSmallRefusal = ({ status, bytes, body }: WireAnswer): boolean =>
  status >= 400 && status < 500 && bytes <= SMALL_ANSWER_BYTES && typeof body?.code === 'string';
