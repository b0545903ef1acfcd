import { standingOf, type FirmResult } from '@millrace/client';
import { aucWithInterval, ksWithInterval, type Estimate } from '@millrace/metrics';

/** Figures of a run; a rate is null where there is nobody to take it of, AUC and KS where one outcome is missing. */
export interface DemoMetrics {
  readonly firms: number;
  readonly approved: number;
  readonly declined: number;
  /** Neither approved nor declined when the demo ended. */
  readonly undecided: number;
  readonly scored: number;
  readonly approvalRate: number | null;
  /** Firms whose outcome the data folder knows; the figures below are of them alone. */
  readonly labelled: number;
  readonly defaulted: number;
  readonly defaultRateApproved: number | null;
  readonly defaultRateDeclined: number | null;
  readonly auc: Estimate | null;
  readonly ks: Estimate | null;
  readonly seconds: number;
  readonly medianDecisionMs: number | null;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? null : (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

/** Counts what became of the firms, and holds scores against outcomes where the data folder has them. */
export function measure(results: readonly FirmResult[], seconds: number): DemoMetrics {
  const of = (outcome: string): FirmResult[] => results.filter(({ application }) => application.decision?.outcome === outcome);
  const [approved, declined] = [of('approved'), of('declined')];
  const labelled = results.filter(({ firm }) => firm.defaulted !== undefined);
  const defaultRate = (group: readonly FirmResult[]): number | null => {
    const known = group.filter(({ firm }) => firm.defaulted !== undefined);
    return share(known.filter(({ firm }) => firm.defaulted).length, known.length);
  };
  const cases = labelled.flatMap(({ firm, application }) => (application.score ? [{ risk: -application.score.score, bad: firm.defaulted! }] : []));
  const separable = cases.some(({ bad }) => bad) && cases.some(({ bad }) => !bad);
  return {
    firms: results.length,
    approved: approved.length,
    declined: declined.length,
    undecided: results.length - approved.length - declined.length,
    scored: results.filter(({ application }) => application.score).length,
    approvalRate: share(approved.length, results.length),
    labelled: labelled.length,
    defaulted: labelled.filter(({ firm }) => firm.defaulted).length,
    defaultRateApproved: defaultRate(approved),
    defaultRateDeclined: defaultRate(declined),
    auc: separable ? aucWithInterval(cases) : null,
    ks: separable ? ksWithInterval(cases) : null,
    seconds,
    medianDecisionMs: median(results.flatMap(({ decidedAfterMs }) => (decidedAfterMs === undefined ? [] : [decidedAfterMs]))),
  };
}

/** One firm as `--json` writes it. */
export function resultJson({ firm, application }: FirmResult): Record<string, unknown> {
  const { applicationId, decision, score } = application;
  return {
    firmId: firm.firmId,
    applicationId,
    status: standingOf(application),
    decision: decision?.outcome ?? null,
    score: score?.score ?? null,
    pd: score ? Number(score.pd) : null,
    grade: score?.grade ?? null,
    limitMinor: score?.limitMinor ?? null,
    rateBps: decision?.rateBps ?? score?.rateBps ?? null,
    approvedAmountMinor: decision?.amountMinor ?? null,
    reasons: (decision?.reasons ?? score?.reasons ?? []).map(({ code }) => code),
    ...(firm.defaulted === undefined ? {} : { defaulted: firm.defaulted }),
  };
}
