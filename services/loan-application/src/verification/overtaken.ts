import type { EventTransaction } from '@millrace/messaging';
import type { AdvanceApplication } from '../application/advance-application.js';
import type { Application } from '../application/application.entity.js';

/** What an answer of a spoke says of the round that it belongs to. */
interface AnswerOfRound {
  readonly round?: number | undefined;
}

/**
 * True where the answer is of a round that another one has followed: the firm has mended something since, and what was found before is no longer
 * what is decided on. It is kept in the history and does nothing else.
 */
export async function isOvertaken(
  advance: Pick<AdvanceApplication, 'note'>,
  tx: EventTransaction,
  application: Application,
  trigger: string,
  { round = 1 }: AnswerOfRound,
): Promise<boolean> {
  if (round >= (application.checkRound ?? 1)) return false;
  await advance.note(tx, application, trigger, 'OVERTAKEN', { round });
  return true;
}
