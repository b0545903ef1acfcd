import { auc, aucWithInterval, ksWithInterval, seededRandom, shuffled, type Estimate } from '@millrace/metrics';
import { fitRidgeLogistic, logOddsOf } from './ridge-logistic.js';

/** Out-of-fold figures of repeated stratified cross-validation. */
export interface CrossValidation {
  readonly folds: number;
  readonly repeats: number;
  readonly seed: number;
  /** AUC of each whole repeat: mean and spread over the ways of cutting the folds. */
  readonly meanAuc: number;
  readonly lowestAuc: number;
  readonly highestAuc: number;
  /** On the mean out-of-fold log odds of each firm. */
  readonly auc: Estimate;
  readonly ks: Estimate;
  /** Mean out-of-fold log odds, firm by firm. */
  readonly logOdds: readonly number[];
}

/** What to cut, how often, and from which seed. */
export interface CrossValidationPlan {
  readonly folds: number;
  readonly repeats: number;
  readonly seed: number;
  readonly penalty: number;
}

function foldOfEach(bad: readonly boolean[], folds: number, random: () => number): number[] {
  const fold = new Array<number>(bad.length).fill(0);
  for (const group of [true, false]) {
    const members = shuffled(
      bad.flatMap((isBad, at) => (isBad === group ? [at] : [])),
      random,
    );
    members.forEach((member, place) => (fold[member] = place % folds));
  }
  return fold;
}

function outOfFold(rows: readonly (readonly number[])[], bad: readonly boolean[], fold: readonly number[], { folds, penalty }: CrossValidationPlan): number[] {
  const logOdds = new Array<number>(rows.length).fill(0);
  for (let held = 0; held < folds; held += 1) {
    const kept = rows.flatMap((_, at) => (fold[at] === held ? [] : [at]));
    const fit = fitRidgeLogistic(
      kept.map((at) => rows[at]!),
      kept.map((at) => bad[at]!),
      penalty,
    );
    rows.forEach((row, at) => {
      if (fold[at] === held) logOdds[at] = logOddsOf(fit, row);
    });
  }
  return logOdds;
}

/** Every firm is scored only by fits that have not seen its outcome; folds keep the share of bads. */
export function crossValidate(rows: readonly (readonly number[])[], bad: readonly boolean[], plan: CrossValidationPlan): CrossValidation {
  const random = seededRandom(plan.seed);
  const total = new Array<number>(rows.length).fill(0);
  const aucs: number[] = [];
  for (let repeat = 0; repeat < plan.repeats; repeat += 1) {
    const logOdds = outOfFold(rows, bad, foldOfEach(bad, plan.folds, random), plan);
    logOdds.forEach((value, at) => (total[at]! += value));
    aucs.push(auc(logOdds.map((risk, at) => ({ risk, bad: bad[at]! }))));
  }
  const logOdds = total.map((value) => value / plan.repeats);
  const outcomes = logOdds.map((risk, at) => ({ risk, bad: bad[at]! }));
  return {
    folds: plan.folds,
    repeats: plan.repeats,
    seed: plan.seed,
    meanAuc: aucs.reduce((sum, value) => sum + value, 0) / aucs.length,
    lowestAuc: Math.min(...aucs),
    highestAuc: Math.max(...aucs),
    auc: aucWithInterval(outcomes),
    ks: ksWithInterval(outcomes),
    logOdds,
  };
}
