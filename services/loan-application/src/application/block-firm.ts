import type { EventTransaction } from '@millrace/messaging';
import { blockedUntil, policyOf } from '@millrace/policy';
import type { Refusal } from './application-change.js';
import type { Application } from './application.entity.js';

const BLOCK = 'insert into firm_block (tenant_id, uscc, blocked_until, recorded_at) values ($1, $2, $3, $4)';

/** Lets the firm of a refused application wait, as long as who refused has said, or else as the application's policy release has it. */
export async function blockFirm(
  tx: EventTransaction,
  { tenantId, uscc, verification, policyVersion }: Pick<Application, 'tenantId' | 'uscc' | 'verification' | 'policyVersion'>,
  refusal: Refusal & { readonly reason: string },
  now: Date,
): Promise<void> {
  const until =
    refusal.blockedUntil === undefined
      ? blockedUntil(
          { verification, confirmedFraud: refusal.confirmedFraud ?? false, causes: refusal.causes ?? [refusal.reason] },
          policyOf(policyVersion).coolingOff,
          now,
        )
      : refusal.blockedUntil;
  if (until) await tx.query(BLOCK, [tenantId, uscc, until, now]);
}
