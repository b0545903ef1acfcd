import type { JobHandler } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { PartyClient } from './party-client.js';
import { RecordDispatch } from './record-dispatch.js';

/**
 * Does the next thing about one matter: tells it, or asks what became of it, and tells it again, under the same id, only where the party says that it never saw
 * it. A crash at any point leaves a matter that is due again, and is then asked about before anything is told (M-EV-02).
 */
@Injectable()
export class TellParty implements JobHandler {
  constructor(
    @Inject(RecordDispatch) private readonly records: RecordDispatch,
    @Inject(PartyClient) private readonly parties: PartyClient,
  ) {}

  async run({ dispatchId, turn }: { dispatchId?: unknown; turn?: unknown }): Promise<void> {
    if (typeof dispatchId !== 'string' || typeof turn !== 'number') throw new Error('the job names no matter and turn');
    let work = await this.records.take(dispatchId, turn);
    // Ends after two calls at most: a question may lead to the matter being told again, which leads to nothing further.
    while (work) {
      const { call, dispatch } = work;
      work = await this.records.record(dispatch, call === 'tell' ? await this.parties.tell(dispatch) : await this.parties.ask(dispatch));
    }
  }
}
