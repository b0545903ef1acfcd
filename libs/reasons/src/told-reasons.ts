import type { Finding, Reason } from '@millrace/contracts';
import { entryOf, REASONS, type ReasonCode } from './catalogue.js';
import { DEFAULT_LANGUAGE, textIn, type Language } from './language.js';
import type { NeutralCode } from './reason-entry.js';

/** Where a reason stands: what is said where the code itself must not be told there. */
export type ReasonMoment = 'refusal' | 'review';

/** Neutral codes that speak of a refusal: while a person still looks, that is what is said in their place. */
const OF_A_REFUSAL: ReadonlySet<string> = new Set<NeutralCode>(['APPLICATION_NOT_PROCESSED', 'CREDIT_ASSESSMENT']);

/** A code with what the lender's people read of it; a code that the catalogue has not, of an earlier version, stands for itself. */
export function staffText(code: string, language: Language): string {
  const entry = entryOf(code);
  return entry ? textIn(entry.staff, language) : code;
}

/** A code of the catalogue with what staff read of it in English, as events, findings and tasks carry it. */
export function reasonOf<C extends ReasonCode>(code: C): { readonly code: C; readonly sentence: string } {
  return { code, sentence: staffText(code, DEFAULT_LANGUAGE) };
}

function neutral(code: NeutralCode, language: Language): Reason {
  return { code, sentence: textIn(REASONS[code].told, language) };
}

/** What a customer is told where a reason may not be named. */
function unnamed(moment: ReasonMoment, language: Language): Reason {
  return neutral(moment === 'review' ? 'MANUAL_CHECK' : 'APPLICATION_NOT_PROCESSED', language);
}

/**
 * What a customer is told in place of one code. Every reason that leaves the lender passes here: a code that the catalogue has not is told under a neutral
 * one, so that a new rule is silent until somebody decides that it may be told (R-LG-02, G-AM-03).
 */
export function applicantReason(code: string, moment: ReasonMoment, language: Language = DEFAULT_LANGUAGE): Reason {
  const entry = entryOf(code);
  if (!entry?.told) return unnamed(moment, language);
  const { told } = entry;
  if (told === 'as-staff') return { code, sentence: textIn(entry.staff, language) };
  if (typeof told === 'object') return { code, sentence: textIn(told, language) };
  return moment === 'review' && OF_A_REFUSAL.has(told) ? neutral('MANUAL_CHECK', language) : neutral(told, language);
}

/** What a customer is told in place of some codes: each reason once, and at least one. */
export function applicantReasons(codes: readonly string[], moment: ReasonMoment, language: Language = DEFAULT_LANGUAGE): Reason[] {
  const reasons = new Map(codes.map((code) => applicantReason(code, moment, language)).map((reason) => [reason.code, reason]));
  return reasons.size === 0 ? [unnamed(moment, language)] : [...reasons.values()];
}

/** True for what a credit bureau said. */
export function isBureauCode(code: string): boolean {
  return entryOf(code)?.bureau === true;
}

/** True for a code that points at suspicion, or that nobody has said it does not: it stays at kyc-antifraud (R-LG-02). */
export function isRestrictedCode(code: string): boolean {
  return entryOf(code)?.restricted ?? entryOf(code) === undefined;
}

/** True where the code says that the firm deceived the lender: it then waits for the long term (R-UW-05). */
export function meansFraud(code: string): boolean {
  return entryOf(code)?.fraud === true;
}

/** Findings without what points at suspicion: each such one counts as a neutral one of its severity (R-LG-02). What was found stays at kyc-antifraud. */
export function openFindings(findings: readonly Finding[]): Finding[] {
  const open = new Map<string, Finding>();
  for (const finding of findings) {
    const code: NeutralCode = finding.severity === 'red' ? 'APPLICATION_NOT_PROCESSED' : 'MANUAL_CHECK';
    const shown = isRestrictedCode(finding.code) ? { code, severity: finding.severity } : finding;
    open.set(`${shown.code} ${shown.severity}`, shown);
  }
  return [...open.values()];
}
