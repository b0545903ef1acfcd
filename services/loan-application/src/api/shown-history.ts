import type { Finding } from '@millrace/contracts';
import { sent, type EvidenceAnswer, type Exactly, type HISTORY_ROW, type Sent } from '@millrace/contracts/api';
import type { HistoryEntry, Seal } from '@millrace/process';
import type { Principal } from '@millrace/service';
import { shownDecisionCode, shownFindings } from './shown-to.js';

/** A step as one of the hub's chains keeps it. */
export type StoredStep = Omit<HistoryEntry, 'evidence'> & Seal & { readonly evidence: EvidenceAnswer };

type OfApplication = StoredStep & { readonly applicationId: string };

/** A step as the viewer may read it: those that earlier versions wrote hold findings and fraud scores, and the codes of persons' decisions. */
export function shownStep(row: OfApplication, viewer: Principal): Exactly<Sent<OfApplication>, typeof HISTORY_ROW> {
  const { fraudScore: _, findings, commentSha256, ...evidence } = row.evidence as EvidenceAnswer & { readonly fraudScore?: unknown };
  const shown = findings ? { findings: shownLines(findings, viewer) } : {};
  const reason = shownDecisionCode(row.reason, viewer);
  // Whoever may not read the comment could still try words against its hash.
  const sealed = commentSha256 !== undefined && reason === row.reason ? { commentSha256 } : {};
  return sent({ ...row, reason, evidence: { ...evidence, ...sealed, ...shown } });
}

/** `severity:code`, as the evidence of a verification has it. */
function shownLines(lines: readonly string[], viewer: Principal): string[] {
  const findings = lines.map((line) => ({ severity: line.split(':')[0] as Finding['severity'], code: line.split(':').slice(1).join(':') }));
  return shownFindings(findings, viewer).map(({ severity, code }) => `${severity}:${code}`);
}
