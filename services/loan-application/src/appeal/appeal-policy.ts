import type { HearingParameters } from '@millrace/policy';
import type { Decision } from '../application/application.entity.js';

const DAY_MS = 86_400_000;

/** What an appeal is held against. */
export interface AppealGround {
  readonly decision: Pick<Decision, 'tier' | 'decidedAt'> | null;
  /** It was refused at the door, by a rule that nobody may set aside, before any source was asked; or by the books, which have to be asked again. */
  readonly isBeforeChecks: boolean;
  /** The application was appealed already. */
  readonly isUsed: boolean;
}

/** Why an appeal is not taken, or undefined. Who was refused by a person has had one: an appeal is against the engine (PIPL 24). */
export function appealRefusal(
  { decision, isBeforeChecks, isUsed }: AppealGround,
  { appealDays }: Pick<HearingParameters, 'appealDays'>,
  now: Date,
): { readonly code: string; readonly title: string; readonly detail: string } | undefined {
  if (isUsed)
    return { code: 'APPEAL_USED', title: 'The refusal was appealed already.', detail: 'What a person has decided about it stands; the firm may apply again.' };
  if (appealDays === 0 || decision?.tier !== 'T0' || isBeforeChecks)
    return {
      code: 'APPEAL_NOT_POSSIBLE',
      title: 'This refusal cannot be appealed.',
      detail: 'Only a refusal by checks or score that no person has decided can, from the policy releases of 2028-05-01 on; the firm may apply again.',
    };
  if (now.getTime() > Date.parse(decision.decidedAt) + appealDays * DAY_MS)
    return {
      code: 'APPEAL_TOO_LATE',
      title: 'The time to appeal is over.',
      detail: `A refusal can be appealed for ${appealDays} days. The firm may apply again.`,
    };
  return undefined;
}
