/** A client of the gateway that the standalone runtime makes by itself, so that a newcomer can try every role. */
export interface ReadyMadeClient {
  readonly clientId: string;
  readonly kind: 'partner' | 'staff';
  readonly partnerId?: string;
  readonly roles: readonly string[];
}

const TENANT = 'millrace';

/** The ready-made lender's account at the bank of the sandbox, into which its borrowers pay. */
export const LENDER_ACCOUNT = '9559900000000001';

/** One partner, and one member of staff for each role that decides something. */
export const READY_MADE_CLIENTS: readonly ReadyMadeClient[] = [
  { clientId: 'demo-partner', kind: 'partner', partnerId: 'demo-partner', roles: [] },
  { clientId: 'demo-risk-officer', kind: 'staff', roles: ['risk_officer'] },
  { clientId: 'demo-approver', kind: 'staff', roles: ['credit_approver'] },
  { clientId: 'demo-payment-officer', kind: 'staff', roles: ['payment_officer'] },
  { clientId: 'demo-account-manager', kind: 'staff', roles: ['account_manager'] },
  { clientId: 'demo-collector', kind: 'staff', roles: ['collector'] },
  { clientId: 'demo-compliance', kind: 'staff', roles: ['compliance'] },
  { clientId: 'demo-auditor', kind: 'staff', roles: ['auditor'] },
];

/** Value of the gateway's setting for its clients. */
export function clientsSetting(clientSecrets: Readonly<Record<string, string>>): string {
  return JSON.stringify(READY_MADE_CLIENTS.map((client) => ({ ...client, tenantId: TENANT, clientSecret: clientSecrets[client.clientId] })));
}

/** Settings by which the ready-made lender reads the statement of the sandbox's bank, often enough for somebody who looks on. */
export const STATEMENT_SETTINGS = { MILLRACE_STATEMENT_ACCOUNTS: `${TENANT}=${LENDER_ACCOUNT}`, MILLRACE_STATEMENT_INTERVAL_MS: '2000' } as const;
