import colors from 'picocolors';
import { standingOf, type FirmResult, percent, yuan } from '@millrace/client';
import { GRADES } from '@millrace/contracts';
import type { Estimate } from '@millrace/metrics';
import type { DemoMetrics } from './demo-metrics.js';
import { plainTable } from './plain-table.js';

/** Most rows of the table of firms; the whole list goes into the file. */
const MOST_ROWS = 60;
const SHARE_DIGITS = 1;

function ratio(value: number | null): string {
  return value === null ? 'none' : `${(value * 100).toFixed(SHARE_DIGITS)}%`;
}

function estimate(value: Estimate | null): string {
  return value
    ? `${value.value.toFixed(3)} (95% interval ${value.low.toFixed(3)} to ${value.high.toFixed(3)}; ${value.goods} good, ${value.bads} defaulted)`
    : 'none: no two outcomes to tell apart';
}

/** Decisions, limits, prices and reasons, a row a firm. */
export function firmTable(results: readonly FirmResult[]): string {
  const table = plainTable(['firm', 'asked for', 'status', 'score', 'grade', 'limit', 'granted', 'rate', 'tier', 'reasons']);
  for (const { firm, application } of results.slice(0, MOST_ROWS)) {
    const { decision, score } = application;
    table.push([
      firm.firmId,
      yuan(application.requestedAmountMinor ?? '0'),
      standingOf(application),
      score?.score ?? '',
      score?.grade ?? '',
      score ? yuan(score.limitMinor) : '',
      decision?.amountMinor ? yuan(decision.amountMinor) : '',
      decision?.rateBps ? percent(decision.rateBps) : '',
      decision?.tier ?? '',
      (decision?.reasons ?? [])
        .slice(0, 2)
        .map(({ code }) => code)
        .join('\n'),
    ]);
  }
  const rest = results.length - MOST_ROWS;
  return `${table.toString()}${rest > 0 ? `\n${colors.dim(`and ${rest} more: write them all with --json FILE`)}` : ''}`;
}

/** How the grades fell, with what the data folder knows of their outcome. */
export function gradeTable(results: readonly FirmResult[]): string {
  const table = plainTable(['grade', 'firms', 'approved', 'declined', 'repaid', 'defaulted', 'outcome unknown']);
  for (const grade of [...GRADES, undefined]) {
    const group = results.filter(({ application }) => application.score?.grade === grade);
    if (group.length === 0) continue;
    const count = (fits: (result: FirmResult) => boolean): number => group.filter(fits).length;
    table.push([
      grade ?? 'no score',
      group.length,
      count(({ application }) => application.decision?.outcome === 'approved'),
      count(({ application }) => application.decision?.outcome === 'declined'),
      count(({ firm }) => firm.defaulted === false),
      count(({ firm }) => firm.defaulted === true),
      count(({ firm }) => firm.defaulted === undefined),
    ]);
  }
  return table.toString();
}

/** The figures of a run, a line each. */
export function metricLines(metrics: DemoMetrics): string[] {
  const { firms, approved, declined, undecided, scored, seconds, medianDecisionMs } = metrics;
  const lines = [
    `${firms} firms in ${seconds.toFixed(1)} s; ${scored} scored; half of the decisions came within ${((medianDecisionMs ?? 0) / 1_000).toFixed(2)} s`,
    `approved ${approved}, declined ${declined}, undecided ${undecided}; approval rate ${ratio(metrics.approvalRate)}`,
  ];
  if (metrics.labelled === 0) return lines;
  return [
    ...lines,
    `default rate among approved ${ratio(metrics.defaultRateApproved)}, among declined ${ratio(metrics.defaultRateDeclined)} (of ${metrics.labelled} firms with a known outcome, ${metrics.defaulted} defaulted)`,
    `AUC ${estimate(metrics.auc)}`,
    `KS  ${estimate(metrics.ks)}`,
  ];
}
