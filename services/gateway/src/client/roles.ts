/** Roles of the lender's staff (R-UW-05: lending, approval and payment are apart). */
export const STAFF_ROLES = ['risk_officer', 'credit_approver', 'payment_officer', 'account_manager', 'auditor'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];
