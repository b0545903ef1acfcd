import { newId } from '@millrace/contracts';
import type { Principal } from '@millrace/service';

/** A partner's client of tenant `t1`, as the gateway hands it on. */
export function partner(id: string, partnerId: string): Principal {
  return { kind: 'partner', id, tenantId: 't1', partnerId, roles: [], requestId: newId() };
}

/** A member of staff of tenant `t1` with its roles. */
export function staff(id: string, ...roles: string[]): Principal {
  return { kind: 'staff', id, tenantId: 't1', roles, requestId: newId() };
}

export const PARTNER = partner('client-1', 'partner-1');
export const OTHER_PARTNER = partner('client-2', 'partner-2');
export const RISK_OFFICER = staff('olga', 'risk_officer');
export const APPROVER = staff('carla', 'credit_approver');
export const PAYMENT_OFFICER = staff('pavel', 'payment_officer');
export const COLLECTOR = staff('cora', 'collector');
export const ACCOUNT_MANAGER = staff('anna', 'account_manager', 'credit_approver');
