import type { FirmResult } from '@millrace/client';
import { measure, resultJson } from './demo-metrics.js';

function result(outcome: 'approved' | 'declined' | undefined, score: number | undefined, defaulted?: boolean): FirmResult {
  const decision = outcome && { outcome, tier: 'T0', amountMinor: null, rateBps: null, reasons: [{ code: 'A_REASON', sentence: 'A reason.' }] };
  return {
    firm: { firmId: 'f', ...(defaulted === undefined ? {} : { defaulted }) },
    application: {
      applicationId: 'a',
      status: 'X',
      decision: decision ?? null,
      score: score === undefined ? null : { score, pd: '0.05', grade: 'R6', limitMinor: '1', rateBps: 765, reasons: [] },
    },
    decidedAfterMs: 100,
  } as unknown as FirmResult;
}

test('rates are of the firms that have what they are rates of', () => {
  const metrics = measure(
    [result('approved', 700, false), result('approved', 650, true), result('declined', 500, true), result('declined', 520), result(undefined, undefined)],
    3,
  );
  expect(metrics).toMatchObject({
    firms: 5,
    approved: 2,
    declined: 2,
    undecided: 1,
    scored: 4,
    labelled: 3,
    defaulted: 2,
    approvalRate: 0.4,
    defaultRateApproved: 0.5,
    defaultRateDeclined: 1,
  });
});

test('a low score is a high risk: a perfect order has AUC and KS 1', () => {
  const metrics = measure([result('approved', 700, false), result('approved', 690, false), result('declined', 500, true), result('declined', 400, true)], 1);
  expect(metrics.auc).toMatchObject({ value: 1, goods: 2, bads: 2 });
  expect(metrics.ks).toMatchObject({ value: 1 });
});

test('without labels, or with one outcome alone, there is nothing to separate', () => {
  expect(measure([result('approved', 700)], 1)).toMatchObject({ auc: null, ks: null, defaultRateApproved: null });
  expect(measure([result('approved', 700, false)], 1)).toMatchObject({ auc: null, ks: null });
  expect(measure([], 1)).toMatchObject({ approvalRate: null, medianDecisionMs: null });
});

test('the file has a score for the declined too', () => {
  expect(resultJson(result('declined', 500, true))).toMatchObject({
    firmId: 'f',
    decision: 'declined',
    score: 500,
    pd: 0.05,
    grade: 'R6',
    limitMinor: '1',
    rateBps: 765,
    reasons: ['A_REASON'],
  });
});
