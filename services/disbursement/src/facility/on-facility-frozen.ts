import type { FacilityFrozen } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { recordFreeze } from './record-freeze.js';

/** Nothing more is paid to the firm: what is ordered from now on is refused, and what is reserved is not sent (R-DB-01). */
@Injectable()
export class OnFacilityFrozen implements EventHandler<FacilityFrozen> {
  async handle({ payload }: ReceivedEvent<FacilityFrozen>, tx: EventTransaction): Promise<void> {
    await recordFreeze(tx, payload, true);
  }
}
