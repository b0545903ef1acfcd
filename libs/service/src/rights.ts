import type { Principal } from './principal.js';
import { Problem } from './problem.js';

/**
 * Roles of the lender's staff (R-UW-05: lending, approval and payment are apart). `compliance` alone sees hits on sanctions and watch lists
 * (R-LG-02), and a `collector` speaks to borrowers about arrears and books no money.
 */
export const STAFF_ROLES = ['risk_officer', 'credit_approver', 'payment_officer', 'account_manager', 'collector', 'auditor', 'compliance'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** What staff may read, by role: the gateway's table of access is made of these, and each service asks them again (R-OP-06, least privilege). */
export const RIGHTS = {
  /** Findings, fraud score and sources of a verification; without what only `screening` shows. */
  verification: ['risk_officer', 'auditor', 'compliance'],
  /** Hits on sanctions and watch lists: list, name, score. */
  screening: ['compliance'],
  /** Name, id number and mobile number of the person who signs, in the clear, where the verification asks somebody to check them (R-IT-05). */
  person: ['risk_officer'],
  /** Files that were uploaded to an application, for whoever decides or pays. */
  evidence: ['risk_officer', 'credit_approver', 'payment_officer', 'auditor'],
  /** Who has looked at persons in the clear; at hits on lists for those alone who may see them. */
  restrictedReads: ['auditor', 'compliance'],
  /** What a credit bureau said, as a finding, a reason or a figure. */
  bureau: ['risk_officer', 'credit_approver'],
  /** Scores with inputs, and what the model and the approval matrix say of an application. */
  score: ['risk_officer', 'credit_approver', 'auditor'],
  /** That a person decided for fraud: reason and comment of a decision. */
  fraudDecision: ['risk_officer', 'auditor', 'compliance'],
  history: ['risk_officer', 'credit_approver', 'auditor', 'compliance'],
  reviewTask: ['risk_officer', 'credit_approver', 'payment_officer', 'auditor', 'compliance'],
  payout: ['payment_officer', 'risk_officer', 'auditor'],
  /** To freeze the facilities of a firm, and to let it be paid again (R-DB-01). */
  facility: ['risk_officer'],
  /** Facts that class a loan, and changes of its terms. */
  loanChanges: ['risk_officer', 'credit_approver', 'account_manager', 'auditor'],
  journal: ['payment_officer', 'risk_officer', 'auditor'],
  /** Reports of the whole book: balances, classes, provisions, vintages, roll rates. */
  portfolioReport: ['risk_officer', 'credit_approver', 'payment_officer', 'auditor', 'compliance'],
  /** Arrears as cases, and who was spoken to about them. */
  collection: ['collector', 'risk_officer', 'auditor'],
} as const satisfies Readonly<Record<string, readonly StaffRole[]>>;
export type Right = keyof typeof RIGHTS;

/** True where one of the principal's roles has the right; partners have none of them. */
export function hasRight({ kind, roles }: Pick<Principal, 'kind' | 'roles'>, right: Right): boolean {
  return kind === 'staff' && (RIGHTS[right] as readonly string[]).some((role) => roles.includes(role));
}

/** Refuses whoever has not the right; throws `FORBIDDEN`. */
export function requireRight(principal: Pick<Principal, 'kind' | 'roles'>, right: Right): void {
  if (hasRight(principal, right)) return;
  throw new Problem({ status: 403, code: 'FORBIDDEN', title: 'Your role does not allow this.', detail: `It is open to: ${RIGHTS[right].join(', ')}.` });
}
