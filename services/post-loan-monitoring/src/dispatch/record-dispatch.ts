import { newId, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { nextQueryAt, policyOf } from '@millrace/policy';
import { CLOCK, LOGGER } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { TAKEOVER_MS, type Dispatch } from './dispatch.js';
import { guardDispatch } from './guard-dispatch.js';
import type { PartyAnswer } from './party-answer.js';
import { tellOutcome, type DispatchOutcome } from './tell-outcome.js';

/** What the worker has to do next with the matter that it has in hand. */
export interface DispatchWork {
  readonly call: 'tell' | 'ask';
  readonly dispatch: Dispatch;
}

const COLUMNS = `
dispatch_id as "dispatchId", tenant_id as "tenantId", application_id as "applicationId", loan_id as "loanId", party, content, policy_version as "policyVersion",
  letter_id as "letterId", party_key as "partyKey", send_until as "sendUntil", state, reference, sends, queries, turn`;
const LOCK = `select ${COLUMNS} from dispatch where dispatch_id = $1 for no key update`;
const SENT = `
update dispatch set state = 'SENT', sends = sends + 1, turn = turn + 1, next_action_at = $2, sent_at = coalesce(sent_at, $3) where dispatch_id = $1 returning ${COLUMNS}`;
const ASKED = `update dispatch set queries = queries + 1, turn = turn + 1, next_action_at = $2 where dispatch_id = $1 returning ${COLUMNS}`;
const WAITS = `update dispatch set state = $2, reference = coalesce(reference, $3), next_action_at = $4 where dispatch_id = $1`;
const ENDED = `update dispatch set state = $2, reference = coalesce(reference, $3), reason_code = $4, ended_at = $5, next_action_at = null where dispatch_id = $1`;

const isEnded = ({ state }: Dispatch): boolean => state === 'DONE' || state === 'REFUSED' || state === 'DROPPED';

/** The transactions around every call to a party, and the ONE place that changes a matter: what is about to be done, and what came of it (M-EV-02). */
@Injectable()
export class RecordDispatch {
  constructor(
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Takes a matter in hand and records the call before it is made; undefined where the turn is another worker's or nothing is to be done now. */
  take(dispatchId: string, turn: number): Promise<DispatchWork | undefined> {
    return this.#transaction(async (tx) => {
      const dispatch = await this.#locked(tx, dispatchId);
      if (!dispatch || dispatch.turn !== turn || isEnded(dispatch)) return undefined;
      if (dispatch.state === 'PLANNED') return this.#tell(tx, dispatch);
      const { rows } = await tx.query<Dispatch & Record<string, unknown>>(ASKED, [dispatchId, this.#takeoverAt()]);
      return { call: 'ask', dispatch: rows[0]! };
    });
  }

  /** Records what the party said, with the event that follows; returns the call that has to be made at once, where there is one. */
  record(inHand: Dispatch, answer: PartyAnswer): Promise<DispatchWork | undefined> {
    return this.#transaction(async (tx) => {
      const dispatch = await this.#locked(tx, inHand.dispatchId);
      if (!dispatch || isEnded(dispatch)) return undefined;
      const isFinal = answer.outcome === 'done' || answer.outcome === 'refused';
      // A final answer counts whoever brings it; what else a worker learnt is worth nothing once another one has gone on.
      if (!isFinal && dispatch.turn !== inHand.turn) return undefined;
      return this.#said(tx, dispatch, answer);
    });
  }

  async #said(tx: EventTransaction, dispatch: Dispatch, answer: PartyAnswer): Promise<DispatchWork | undefined> {
    const { dispatchId, reference, queries } = dispatch;
    if (answer.outcome === 'done') return this.#end(tx, dispatch, { state: 'DONE', reference: answer.reference, reasonCode: null });
    if (answer.outcome === 'refused') return this.#end(tx, dispatch, { state: 'REFUSED', reference: answer.reference, reasonCode: answer.reasonCode });
    if (answer.outcome === 'never_seen' && reference === null) return this.#tell(tx, dispatch);
    // A party that denies what it has owned up to contradicts itself: telling it again could deliver twice.
    if (answer.outcome === 'never_seen') this.logger.error({ dispatchId, party: dispatch.party }, 'the party contradicts itself: a person has to look');
    const ladder = policyOf(dispatch.policyVersion).payment.unknownQuerySeconds;
    const againAt = nextQueryAt(this.clock.now(), queries, ladder);
    await tx.query(WAITS, [dispatchId, 'UNKNOWN', answer.outcome === 'unclear' ? answer.reference : null, againAt]);
    return undefined;
  }

  /** The matter goes out, where it may go now; otherwise it waits for the morning, or is dropped. */
  async #tell(tx: EventTransaction, dispatch: Dispatch): Promise<DispatchWork | undefined> {
    const now = this.clock.now();
    const verdict = await guardDispatch(tx, dispatch, now);
    if (verdict.kind === 'drop') return this.#end(tx, dispatch, { state: 'DROPPED', reference: null, reasonCode: verdict.reasonCode });
    if (verdict.kind === 'wait') await tx.query(WAITS, [dispatch.dispatchId, 'PLANNED', null, verdict.until]);
    if (verdict.kind === 'wait') return undefined;
    const { rows } = await tx.query<Dispatch & Record<string, unknown>>(SENT, [dispatch.dispatchId, this.#takeoverAt(), now]);
    return { call: 'tell', dispatch: rows[0]! };
  }

  async #end(tx: EventTransaction, dispatch: Dispatch, outcome: DispatchOutcome): Promise<undefined> {
    const now = this.clock.now();
    await tx.query(ENDED, [dispatch.dispatchId, outcome.state, outcome.reference, outcome.reasonCode, now]);
    tellOutcome(tx, dispatch, outcome, now);
    return undefined;
  }

  async #locked(tx: EventTransaction, dispatchId: string): Promise<Dispatch | undefined> {
    return (await tx.query<Dispatch & Record<string, unknown>>(LOCK, [dispatchId])).rows[0];
  }

  #transaction<T>(work: (tx: EventTransaction) => Promise<T>): Promise<T> {
    return this.runner.run({ actor: { kind: 'system', id: 'post-loan-monitoring' }, causationId: newId() }, work);
  }

  #takeoverAt(): Date {
    return new Date(this.clock.now().getTime() + TAKEOVER_MS);
  }
}
