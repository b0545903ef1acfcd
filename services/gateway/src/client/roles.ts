import { STAFF_ROLES, type StaffRole } from '@millrace/service';

export { STAFF_ROLES, type StaffRole };

/** Roles that one client may not hold together, with the reason: who makes or checks one thing does not decide the next (R-UW-05, R-DB-02). */
const APART: readonly (readonly [one: StaffRole, other: StaffRole, why: string])[] = [
  ['account_manager', 'risk_officer', 'who makes an application does not check it'],
  ['account_manager', 'credit_approver', 'who makes an application does not approve it'],
  ['account_manager', 'payment_officer', 'who makes an application does not pay it'],
  ['account_manager', 'compliance', 'who talks with customers sees no suspicion'],
  ['risk_officer', 'credit_approver', 'who clears a verification does not approve the loan'],
  ['risk_officer', 'payment_officer', 'who clears a verification does not decide about the payment'],
  ['credit_approver', 'payment_officer', 'who approves a loan does not decide about its payment'],
  ['collector', 'payment_officer', 'who asks borrowers for money does not book it'],
  ['collector', 'credit_approver', 'who approves a loan does not pursue it'],
  ['collector', 'compliance', 'who talks with customers sees no suspicion'],
  ...STAFF_ROLES.filter((role) => role !== 'auditor').map((role) => ['auditor', role, 'who audits does not act'] as const),
];

/** Why these roles are no set for one member of staff, in one line; undefined where they are. */
export function roleProblem(roles: readonly string[]): string | undefined {
  if (roles.length === 0) return `a member of staff needs at least one role: ${STAFF_ROLES.join(', ')}`;
  const clash = APART.find(([one, other]) => roles.includes(one) && roles.includes(other));
  return clash && `the roles ${clash[0]} and ${clash[1]} must be apart: ${clash[2]}`;
}
