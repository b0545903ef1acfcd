import { LOAN_CLASSES, type LoanClass } from '@millrace/contracts';

const rankOf = (one: LoanClass): number => LOAN_CLASSES.indexOf(one);

/** The worst of several classes; normal where there is none. */
export const worstOf = (classes: readonly LoanClass[]): LoanClass => LOAN_CLASSES[Math.max(0, ...classes.map(rankOf))]!;

/** A class is another one or a worse one. */
export const isAtLeast = (one: LoanClass, other: LoanClass): boolean => rankOf(one) >= rankOf(other);

/** Substandard, doubtful and loss (G-CL-01). */
export const isNonPerforming = (one: LoanClass): boolean => isAtLeast(one, 'SUBSTANDARD');
