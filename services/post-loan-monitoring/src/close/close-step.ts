import type { EventTransaction } from '@millrace/messaging';
import type { OpenDay } from './open-day.js';

/** What has become of one transaction of a step. */
export type StepOutcome =
  /** A part of it is done; more may be left. */
  | { readonly kind: 'worked'; readonly loans: number; readonly changed: number }
  /** What is left is in the hands of others, or its loans are being changed; to be looked at again. */
  | { readonly kind: 'wait' }
  /** All of it is done, whoever has done it. */
  | { readonly kind: 'done' };

/** One step of a day. A step begins when the one before is done; it may be killed at any point, and taken again it changes nothing. */
export interface CloseStep {
  readonly name: string;
  /** It holds what late money waits for until its transaction ends, or has written what others wait for: no other step is taken in the same one. */
  readonly endsTransaction?: true;
  /** Takes the next part in one transaction. */
  take(tx: EventTransaction, open: OpenDay, now: Date): Promise<StepOutcome>;
}
