import { businessDate, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { lockReserve, moveReserve } from './move-reserve.js';

const SETTLE = `
update reserve_request set state = $2, decided_at = $3 where request_id = $1 and state = 'requested'
returning tenant_id as "tenantId", kind, currency, amount_minor::text as "amountMinor", event_reference as "eventReference"`;

interface SettledRequest {
  readonly tenantId: string;
  readonly kind: 'use' | 'top_up';
  readonly currency: string;
  readonly amountMinor: string;
  readonly eventReference: string | null;
}

/** Moves the reserve, or leaves it, as two persons have decided. */
@Injectable()
export class SettleMovement implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply({ decision, subject }: DecidedTask, tx: EventTransaction): Promise<void> {
    const { requestId } = subject as { requestId: string };
    const now = this.clock.now();
    const { rows } = await tx.query<SettledRequest & Record<string, unknown>>(SETTLE, [requestId, decision === 'apply' ? 'applied' : 'refused', now]);
    const [request] = rows;
    if (!request) throw new Error(`nobody asks for movement ${requestId} of the reserve`);
    if (decision !== 'apply') return;
    const { tenantId, kind, currency, eventReference } = request;
    const amountMinor = BigInt(request.amountMinor);
    const balanceMinor = await lockReserve(tx, { tenantId, currency });
    if (kind === 'use' && amountMinor > balanceMinor) throw cannotBeDone('there is less in the reserve by now');
    const ofEvent = eventReference === null ? {} : { eventReference };
    await moveReserve(tx, { tenantId, currency, kind, amountMinor, on: businessDate(now), requestId, ...ofEvent }, balanceMinor, now);
  }
}
