import { isRecord, type Finding, type Reason } from '@millrace/contracts';
import { codeForEvents, reviewReason, toldOfRefusal } from './review-reasons.js';
import { applicantReason, isRestrictedCode, openFindings } from './told-reasons.js';

const hasCode = (value: unknown): value is { readonly code: string } => isRecord(value) && typeof value['code'] === 'string';

/** Lists of findings and of reasons, and the code of a decision; any other value of these names is no part of an event of ours, and is not shown. */
const OPENED: Readonly<Record<string, (value: unknown) => unknown>> = {
  fraudScore: () => undefined,
  findings: (value) => (Array.isArray(value) ? openFindings(value.filter(hasCode) as unknown as Finding[]) : undefined),
  reasons: (value) => (Array.isArray(value) ? value.filter(hasCode).map(openReason) : undefined),
  reasonCode: (value) => (typeof value === 'string' ? codeForEvents(value) : undefined),
};

function openReason(reason: { readonly code: string }): { readonly code: string } | Reason {
  if (!isRestrictedCode(reason.code)) return reason;
  return reviewReason(reason.code) ? toldOfRefusal(reason.code) : applicantReason(reason.code, 'review');
}

/**
 * An event's payload as an operator may read it. Events of earlier versions hold the codes of fraud rules and lists, and the fraud score; they stay
 * in the log as they are, so it is at the reading that they are left out (R-LG-02, G-AM-03). Reasons of a person's decision keep the open codes.
 */
export function openPayload(payload: unknown): unknown {
  if (!isRecord(payload)) return payload;
  const opened = Object.entries(payload).map(([name, value]) => [name, Object.hasOwn(OPENED, name) ? OPENED[name]!(value) : value] as const);
  return Object.fromEntries(opened.filter(([, value]) => value !== undefined));
}
