import type { Finding } from '@millrace/contracts';
import type { Principal } from '@millrace/service';
import { shownDecisionCode, shownFindings } from './shown-to.js';

/** Steps that earlier versions wrote hold findings and fraud scores, and the codes of persons' decisions. */
export function withoutSuspicion<R extends { readonly reason: string; readonly evidence: Readonly<Record<string, unknown>> }>(row: R, viewer: Principal): R {
  const { fraudScore: _, findings, commentSha256, ...evidence } = row.evidence as { fraudScore?: unknown; findings?: unknown; commentSha256?: string };
  const shown = Array.isArray(findings) ? { findings: shownLines(findings.map(String), viewer) } : {};
  const reason = shownDecisionCode(row.reason, viewer);
  // Whoever may not read the comment could still try words against its hash.
  const sealed = commentSha256 !== undefined && reason === row.reason ? { commentSha256 } : {};
  return { ...row, reason, evidence: { ...evidence, ...sealed, ...shown } };
}

/** `severity:code`, as the evidence of a verification has it. */
function shownLines(lines: readonly string[], viewer: Principal): string[] {
  const findings = lines.map((line) => ({ severity: line.split(':')[0] as Finding['severity'], code: line.split(':').slice(1).join(':') }));
  return shownFindings(findings, viewer).map(({ severity, code }) => `${severity}:${code}`);
}
