import type { LoanClass } from '@millrace/contracts';
import type { ClassificationParameters, LoanSecurity } from '@millrace/policy';
import type { Observation } from './observation.js';
import { isJudgedByObligor, OBLIGOR_FLOORS, type ObligorRule } from './obligor-debts.js';
import { isOver, reaches, type Share } from './share.js';

/** Debts of the same obligor at other lenders that have gone bad; of what is not known, the share is left out. */
export interface CrossDefault {
  /** What is overdue for more than 90 days of all that it owes all banks (G-CL-07). */
  readonly overdueAtAllBanks?: Share | undefined;
}

/** The loan is impaired; its expected loss against what the books have of it, where it is reckoned. */
export interface Impairment {
  readonly expectedLoss?: Share | undefined;
}

/** What is known of a loan at the end of a day. A fact that is left out does not hold. */
export interface ClassFacts {
  /** Days past due of the oldest unpaid instalment. */
  readonly dpd: number;
  readonly security: LoanSecurity;
  /** The obligor is a small or micro firm, whose loans are retail assets (G-CL-11). */
  readonly isSmallFirm: boolean;
  /** A fault of technique or operation, and not the obligor, keeps the payment back. */
  readonly isTechnicalDelay?: boolean | undefined;
  readonly isMisused?: boolean | undefined;
  /** The loan was repaid with a new one, which qualifies as a renewal or does not. */
  readonly renewal?: 'qualifying' | 'other' | undefined;
  readonly crossDefault?: CrossDefault | undefined;
  /** The rule by which the obligor's other loans at this lender keep this one down (G-CL-05, G-CL-10). */
  readonly obligorRule?: ObligorRule | null | undefined;
  readonly isBankrupt?: boolean | undefined;
  readonly isEvading?: boolean | undefined;
  readonly hasRatingCollapsed?: boolean | undefined;
  readonly impairment?: Impairment | undefined;
  readonly observation?: Observation | undefined;
  /** Classes that persons have set; the loan is in no better one. */
  readonly set?: readonly LoanClass[] | undefined;
}

/** Why a loan is in a class or a worse one. */
export interface ClassGround {
  readonly rule: string;
  readonly atLeast: LoanClass;
}

/** Days past due that count for the class: none while a technical delay is short enough (G-CL-02). */
export function countedDpd({ dpd, isTechnicalDelay = false }: ClassFacts, { technicalDelayMaxDays }: ClassificationParameters): number {
  return isTechnicalDelay && dpd <= technicalDelayMaxDays ? 0 : dpd;
}

function floorOfDays(dpd: number, { substandardOverDpd, doubtfulOverDpd, lossOverDpd }: ClassificationParameters): ClassGround[] {
  if (dpd > lossOverDpd) return [{ rule: 'G-CL-09', atLeast: 'LOSS' }];
  if (dpd > doubtfulOverDpd) return [{ rule: 'G-CL-08', atLeast: 'DOUBTFUL' }];
  if (dpd > substandardOverDpd) return [{ rule: 'G-CL-06', atLeast: 'SUBSTANDARD' }];
  return dpd > 0 ? [{ rule: 'G-CL-02', atLeast: 'SPECIAL_MENTION' }] : [];
}

/** The row of the matrix for small firms, where the lender goes by it; the floors hold beside it. */
function floorOfMatrix(dpd: number, { security, isSmallFirm }: ClassFacts, { method, matrix, matrixDpdEdges }: ClassificationParameters): ClassGround[] {
  if (method !== 'dpd_matrix' || !isSmallFirm) return [];
  const band = dpd === 0 ? 0 : 1 + matrixDpdEdges.filter((edge) => dpd > edge).length;
  return [{ rule: 'G-CL-11', atLeast: matrix[security][band]! }];
}

function floorsOfImpairment(impairment: Impairment | undefined, { impairedDoubtfulFromBps, impairedLossFromBps }: ClassificationParameters): ClassGround[] {
  if (!impairment) return [];
  const { expectedLoss } = impairment;
  if (expectedLoss && reaches(expectedLoss, impairedLossFromBps)) return [{ rule: 'G-CL-09', atLeast: 'LOSS' }];
  if (expectedLoss && reaches(expectedLoss, impairedDoubtfulFromBps)) return [{ rule: 'G-CL-08', atLeast: 'DOUBTFUL' }];
  return [{ rule: 'G-CL-06', atLeast: 'SUBSTANDARD' }];
}

/** What the obligor's other debts, here and elsewhere, make of the loan. */
function floorsOfObligor({ crossDefault, obligorRule, isSmallFirm }: ClassFacts, parameters: ClassificationParameters): ClassGround[] {
  if (!isJudgedByObligor(isSmallFirm, parameters)) return [];
  const grounds: ClassGround[] = crossDefault ? [{ rule: 'G-CL-05', atLeast: OBLIGOR_FLOORS['G-CL-05'] }] : [];
  const overdue = crossDefault?.overdueAtAllBanks;
  if (overdue && isOver(overdue, parameters.allBanksOverBps)) grounds.push({ rule: 'G-CL-07', atLeast: 'SUBSTANDARD' });
  if (obligorRule) grounds.push({ rule: obligorRule, atLeast: OBLIGOR_FLOORS[obligorRule] });
  return grounds;
}

/** Everything that keeps a loan from a better class on a day, by what is known of that day alone (G-CL-02 to G-CL-11, G-CL-13, G-CL-16). */
export function classFloors(facts: ClassFacts, parameters: ClassificationParameters): ClassGround[] {
  const { isMisused, renewal, isBankrupt, isEvading, hasRatingCollapsed, observation = 'none', set = [] } = facts;
  const { renewalExempt, restructuredAgainFloor } = parameters;
  const dpd = countedDpd(facts, parameters);
  const hard: readonly (readonly [holds: boolean | undefined, ground: ClassGround])[] = [
    [isMisused, { rule: 'G-CL-03', atLeast: 'SPECIAL_MENTION' }],
    [renewal === 'other' || (renewal === 'qualifying' && !renewalExempt), { rule: 'G-CL-04', atLeast: 'SPECIAL_MENTION' }],
    [hasRatingCollapsed, { rule: 'G-CL-06', atLeast: 'SUBSTANDARD' }],
    [isEvading, { rule: 'G-CL-08', atLeast: 'DOUBTFUL' }],
    [isBankrupt, { rule: 'G-CL-09', atLeast: 'LOSS' }],
    [observation === 'first', { rule: 'G-CL-13', atLeast: 'SPECIAL_MENTION' }],
    [observation === 'again', { rule: 'G-CL-13', atLeast: restructuredAgainFloor }],
  ];
  return [
    ...floorOfDays(dpd, parameters),
    ...floorOfMatrix(dpd, facts, parameters),
    ...floorsOfImpairment(facts.impairment, parameters),
    ...floorsOfObligor(facts, parameters),
    ...hard.flatMap(([holds, ground]) => (holds ? [ground] : [])),
    ...set.map((atLeast): ClassGround => ({ rule: 'R-CR-07', atLeast })),
  ];
}
