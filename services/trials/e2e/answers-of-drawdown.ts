import { newId } from '@millrace/contracts';
import type { Stage } from '../src/stage/stage.js';

/** A payment that is held is authorised by nobody, its firm frozen and let go again, and the money given up. */
export async function askOfDrawdown(lender: Pick<Stage, 'call'>, applicationId: string, unknownReason: string): Promise<void> {
  await lender.call('demo-payment-officer', 'PUT', `/v1/loan-applications/${applicationId}/drawdown/authorisations/${newId()}`, {
    decision: 'authorise',
    reasonCode: 'PAYMENT_IN_ORDER',
  });
  const changeId = newId();
  const freeze = { action: 'freeze', reasonCode: 'WARNING_SEEN', comment: 'the declarations have stopped' };
  for (const [id, body] of [
    [changeId, freeze],
    [changeId, freeze],
    [newId(), freeze],
    [newId(), { ...freeze, reasonCode: unknownReason }],
    [newId(), { action: 'unfreeze', reasonCode: 'WARNING_FALSE' }],
    [newId(), { action: 'unfreeze', reasonCode: 'WARNING_FALSE' }],
  ] as const)
    await lender.call('demo-risk-officer', 'PUT', `/v1/loan-applications/${applicationId}/facility-changes/${id}`, body);
  const cancellationId = newId();
  for (const id of [cancellationId, cancellationId, newId()])
    await lender.call('demo-partner', 'PUT', `/v1/loan-applications/${applicationId}/drawdown/cancellations/${id}`, { reasonCode: 'CHANGED_MIND' });
}
