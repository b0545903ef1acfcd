import { GRADES, type Grade } from '@millrace/contracts';
import { checkRenewal } from './change-parameters.js';
import { checkClassification } from './classification-parameters.js';
import { checkCollection } from './collection-parameters.js';
import { checkMasterScale } from './master-scale-parameters.js';
import type { Policy } from './policy.js';
import { checkProvision } from './provision-parameters.js';

type Line = readonly (readonly [number, number])[];

const minor = (amount: string): bigint => BigInt(amount);

function checkGrades({ approval, limit }: Policy): string[] {
  const said = [...approval.autoGrades, approval.singleLowerGrade, approval.committeeLowerGrade, ...approval.rejectGrades];
  const problems: string[] = [];
  if (said.join() !== GRADES.join())
    problems.push(
      `approval: autoGrades, singleLowerGrade, committeeLowerGrade and rejectGrades must name ${GRADES.join(', ')} once each, best first; they name ${said.join(', ')}`,
    );
  const lent = GRADES.filter((grade) => !approval.rejectGrades.includes(grade));
  for (const name of ['revenueShareBps', 'gradeCoefficientBps'] as const) {
    const byGrade = limit[name];
    const missing = lent.filter((grade) => byGrade[grade] === undefined);
    const extra = (Object.keys(byGrade) as Grade[]).filter((grade) => !lent.includes(grade));
    if (missing.length + extra.length > 0) problems.push(`limit.${name} must have exactly the grades that are lent to: ${lent.join(', ')}`);
    const values = lent.map((grade) => byGrade[grade] ?? 0);
    if (!isOrdered(values, (a, b) => a >= b)) problems.push(`limit.${name} must not rise from a better grade to a worse one`);
  }
  return problems;
}

const isOrdered = (values: readonly number[], inOrder: (a: number, b: number) => boolean): boolean =>
  values.every((value, at) => at === 0 || inOrder(values[at - 1]!, value));

function checkAuthority({ approval, exposure }: Policy): string[] {
  const amounts = ['autoMaxMinor', 'singleLowerGradeMaxMinor', 'singleMaxMinor'] as const;
  const problems: string[] = [];
  amounts.slice(1).forEach((name, at) => {
    if (minor(approval[amounts[at]!]) > minor(approval[name])) problems.push(`approval.${amounts[at]} must not be above approval.${name}`);
  });
  if (minor(approval.singleMaxMinor) > minor(exposure.obligorCapMinor)) problems.push('approval.singleMaxMinor must not be above exposure.obligorCapMinor');
  if (approval.rejectRiskIndexBelow >= approval.autoMinRiskIndex) problems.push('approval.rejectRiskIndexBelow must be below approval.autoMinRiskIndex');
  if (approval.fraudGreenBelow >= approval.fraudRedFrom) problems.push('approval.fraudGreenBelow must be below approval.fraudRedFrom');
  return problems;
}

function checkRiskIndex({ riskIndex }: Policy): string[] {
  const problems: string[] = [];
  const sum = Object.values(riskIndex.weights).reduce((total, weight) => total + weight, 0);
  if (sum !== 100) problems.push(`riskIndex.weights must add up to 100; they add up to ${sum}`);
  const lines = Object.entries(riskIndex).filter((entry): entry is [string, Line] => Array.isArray(entry[1]));
  for (const [name, line] of lines) {
    const scores = line.map(([, score]) => score);
    if (scores.some((score) => score < 0 || score > 100)) problems.push(`riskIndex.${name}: a sub-score is a number from 0 to 100`);
    const rises = isOrdered(scores, (a, b) => a <= b);
    if (RISING.has(name) !== rises || !(rises || isOrdered(scores, (a, b) => a >= b)))
      problems.push(`riskIndex.${name}: sub-scores must ${RISING.has(name) ? 'rise' : 'fall'} along the line`);
  }
  if (riskIndex.bureauNotClean >= riskIndex.unknown || riskIndex.ownerNotClean >= riskIndex.unknown)
    problems.push('riskIndex: what is known to be bad must score below unknown');
  if (riskIndex.bureauClean <= riskIndex.unknown || riskIndex.ownerClean <= riskIndex.unknown)
    problems.push('riskIndex: what is known to be good must score above unknown (R-CR-02)');
  if (
    !isOrdered(
      TAX_ORDER.map((taxClass) => riskIndex.taxClass[taxClass]),
      (a, b) => a > b,
    )
  )
    problems.push('riskIndex.taxClass must fall from A over B, M and C to D');
  return problems;
}

/** Inputs of which more is better. */
const RISING: ReadonlySet<string> = new Set(['monthsInBusiness', 'activeMonthsShare', 'cashFlowPerRevenue']);
const TAX_ORDER = ['A', 'B', 'M', 'C', 'D'] as const;

function checkRest({ limit, price, coolingOff, payment, deadlines, exposure }: Policy): string[] {
  const problems: string[] = [];
  if (
    !isOrdered(
      TAX_ORDER.map((taxClass) => limit.taxMultiple[taxClass]),
      (a, b) => a > b,
    )
  )
    problems.push('limit.taxMultiple must fall from A over B, M and C to D');
  if (minor(limit.stepMinor) === 0n) problems.push('limit.stepMinor must be above 0');
  if (minor(limit.thinFileCapMinor) > minor(exposure.obligorCapMinor)) problems.push('limit.thinFileCapMinor must not be above exposure.obligorCapMinor');
  if (price.hurdleBps <= price.ftpBps) problems.push('price.hurdleBps must be above price.ftpBps, as capital earns more than it costs');
  if (coolingOff.otherDays > coolingOff.fraudDays) problems.push('coolingOff.otherDays must not be above coolingOff.fraudDays');
  if (deadlines.offerDays > deadlines.scoreDays) problems.push('deadlines.offerDays must not be above deadlines.scoreDays, as no offer outlives its score');
  if (!isOrdered(payment.unknownQuerySeconds, (a, b) => a < b)) problems.push('payment.unknownQuerySeconds must rise, so that questions grow rarer');
  return problems;
}

/** What contradicts itself in a policy whose single values are valid, a line each: orders and sums that the rules of lending take for granted. */
export function contradictionsOf(policy: Policy): string[] {
  return [
    ...checkGrades(policy),
    ...checkAuthority(policy),
    ...checkRiskIndex(policy),
    ...checkMasterScale(policy.masterScale),
    ...checkRest(policy),
    ...checkClassification(policy.classification),
    ...checkProvision(policy.provision),
    ...checkRenewal(policy.renewal),
    ...checkCollection(policy.collection),
  ];
}
