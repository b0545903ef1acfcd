import type { Reason } from '@millrace/contracts';

/** A reason of a step; a bare code has no sentence. */
export interface TimelineReason {
  readonly code: string;
  readonly sentence: string | null;
}

/** Reasons that an event names, as the hub words them for the applicant; other fields of it are not kept. */
export function reasonsOf(event: object): TimelineReason[] {
  const { reasons, reasonCode } = event as { reasons?: readonly Reason[]; reasonCode?: string };
  if (reasons) return reasons.map(({ code, sentence }) => ({ code, sentence }));
  return reasonCode === undefined ? [] : [{ code: reasonCode, sentence: null }];
}
