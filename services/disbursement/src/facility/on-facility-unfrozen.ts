import type { FacilityUnfrozen } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { recordFreeze } from './record-freeze.js';

/** The firm may be paid again. */
@Injectable()
export class OnFacilityUnfrozen implements EventHandler<FacilityUnfrozen> {
  async handle({ payload }: ReceivedEvent<FacilityUnfrozen>, tx: EventTransaction): Promise<void> {
    await recordFreeze(tx, payload, false);
  }
}
