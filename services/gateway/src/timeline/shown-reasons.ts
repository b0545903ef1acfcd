import { applicantReasons, codesFor, DEFAULT_LANGUAGE, reviewReason, staffText, toldOfRefusal } from '@millrace/reasons';
import type { TimelineReason } from './reasons-of.js';

/**
 * Reasons of a step as the timeline shows them, to everybody alike: what the applicant is told. Steps of earlier versions are stored with the codes
 * of rules, of bureaus and of what a member of staff typed, so it is here, and not at the writing, that they are left out (R-LG-02, R-CR-09).
 */
export function shownReasons(type: string, title: string, reasons: readonly TimelineReason[]): TimelineReason[] {
  if (reasons.length === 0) return [];
  if (type.endsWith('.cancelled')) return reasons.map(withdrawal);
  const codes = reasons.map(({ code }) => code);
  if (type.endsWith('.review-decided')) return codes.flatMap((code) => ofDecision(code, title));
  return applicantReasons(codes, type.endsWith('.rejected') ? 'refusal' : 'review');
}

/** A partner's own code, with its sentence where it is one of those that the catalogue has for it. */
function withdrawal({ code, sentence }: TimelineReason): TimelineReason {
  const isKnown = (codesFor('withdrawal') as string[]).includes(code);
  return { code, sentence: isKnown ? staffText(code, DEFAULT_LANGUAGE) : sentence };
}

function ofDecision(code: string, title: string): TimelineReason[] {
  const known = reviewReason(code);
  const declined = known ? known.decision === 'reject' : title.endsWith('declined it.');
  return declined ? [toldOfRefusal(code)] : [];
}
